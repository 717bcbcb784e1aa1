namespace EcuAgent.IdlGen.Emit;

/// <summary>One file to write.</summary>
/// <param name="RelativePath">Below the output folder, parts divided by '/'.</param>
/// <param name="Text">Content, lines ended by a line feed.</param>
internal sealed record GeneratedFile(string RelativePath, string Text);
