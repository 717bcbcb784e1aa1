namespace EcuAgent.EcuCtl.Watch;

/// <summary>One line of a list, newest last.</summary>
internal sealed record TimedLine(DateTimeOffset At, string Text);
