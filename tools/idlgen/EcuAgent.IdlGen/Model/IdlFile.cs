namespace EcuAgent.IdlGen.Model;

/// <summary>Everything that one file and its includes declare, in order of declaration.</summary>
internal sealed record IdlFile(string FileName, IReadOnlyList<IdlDeclaration> Declarations, IReadOnlyList<IdlConstant> Constants);
