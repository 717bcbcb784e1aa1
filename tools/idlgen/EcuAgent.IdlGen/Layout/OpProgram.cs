namespace EcuAgent.IdlGen.Layout;

/// <summary>The serializer's program for one topic type.</summary>
/// <param name="Instructions">The instructions of the type and of the structs in it.</param>
/// <param name="KeyOffsets">The key offset lists, which follow the instructions.</param>
/// <param name="Keys">For each key its path and the index of its list, in words from the start of the program.</param>
internal sealed record OpProgram(
    IReadOnlyList<OpLine> Instructions, IReadOnlyList<OpLine> KeyOffsets, IReadOnlyList<(string Path, uint OpsOffset)> Keys);
