using System.Collections.Frozen;

namespace EcuAgent.Commerce.Http;

/// <summary>How one sending of a request ended.</summary>
internal enum HttpEndKind
{
    /// <summary>It did not leave, or not as a whole.</summary>
    NotSent,

    /// <summary>It may have arrived; there is no whole answer, or an error of the server.</summary>
    NoAnswer,

    /// <summary>It was answered with something that cannot be this protocol.</summary>
    BadAnswer,

    /// <summary>It was answered as a whole, with a status below 500.</summary>
    Answered,
}

/// <summary>The end of one sending.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Detail">For logs: no byte of the answer, nothing of the request.</param>
internal sealed record HttpEnd(HttpEndKind Kind, string Detail)
{
    /// <summary>HTTP status; 0 without an answer.</summary>
    internal int Status { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True where the answer says that it is JSON in UTF-8.</summary>
    internal bool IsJson { get; init; }

    internal string? EntityTag { get; init; }

    /// <summary>Header fields of the answer by lower-case name, as they came; several lines of one name are joined by a comma and a space.</summary>
    internal IReadOnlyDictionary<string, string> Fields { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the same request may fare better a little later.</summary>
    internal bool MayPass { get; init; }
}
