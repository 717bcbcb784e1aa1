namespace EcuAgent.Fuzz;

/// <summary>Something that reads bytes from strangers. The same bytes always do the same.</summary>
internal interface IFuzzTarget
{
    /// <summary>Valid input of every kind, to begin with.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Reads the bytes. What it throws is a finding: a broken promise is thrown as well.</summary>
    void Run(ReadOnlySpan<byte> bytes);
}
