namespace EcuAgent.EcuCtl.Watch;

/// <summary>A command and what became of it.</summary>
internal sealed record CommandRow(DateTimeOffset At, string CommandId, string Text, string Outcome);
