namespace EcuAgent.Commerce.Signatures;

/// <summary>What a signature can cover of an HTTP message.</summary>
internal sealed record SignedMessage
{
    /// <summary>Header fields by lower-case name; several lines of one name are joined by a comma and a space.</summary>
    internal required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Of a request; null in an answer.</summary>
    internal string? Method { get; init; }

    /// <summary>Of a request; null in an answer.</summary>
    internal Uri? Target { get; init; }

    /// <summary>Of an answer; null in a request.</summary>
    internal int? Status { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }

    internal string? Field(string name) => Fields.GetValueOrDefault(name);
}
