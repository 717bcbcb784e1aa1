namespace EcuAgent.IdlGen.Layout;

/// <summary>One instruction: its words and, for the reader of the generated file, what it stands for.</summary>
internal sealed record OpLine(uint[] Words, string Comment);
