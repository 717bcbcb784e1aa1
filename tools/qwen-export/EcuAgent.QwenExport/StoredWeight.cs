namespace EcuAgent.QwenExport;

/// <summary>A matrix as it now stands in the tensor store: [rows, columns] of the graph, bits of one weight (4, 8, 16, 32).</summary>
internal sealed record StoredWeight(string Name, int Rows, int Columns, int Bits)
{
    public bool IsQuantized => Bits < 16;

    public string Scales => Name + ".scales";
}
