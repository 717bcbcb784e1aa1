using EcuAgent.Commerce.Registry;

namespace EcuAgent.Commerce.Http;

/// <summary>One request, as it is sent each time it is sent.</summary>
internal sealed record HttpCall
{
    /// <summary>Short name for logs.</summary>
    internal required string Operation { get; init; }

    /// <summary>Whose server, for logs: a merchant's id, or the payment provider.</summary>
    internal required string Party { get; init; }

    internal required Uri Target { get; init; }

    /// <summary>Null makes it a GET, or a POST where there is a body.</summary>
    internal HttpMethod? Method { get; init; }

    /// <summary>JSON; null where the request has no body.</summary>
    internal ReadOnlyMemory<byte>? Body { get; init; }

    internal Secret? BearerToken { get; init; }

    internal string? IdempotencyKey { get; init; }

    internal string? Locale { get; init; }

    /// <summary>What the protocol itself wants on every request.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> ProtocolHeaders { get; init; } = [];

    /// <summary>Entity tag of the copy that is already here, as it was given.</summary>
    internal string? KnownTag { get; init; }

    /// <summary>Most bytes of the answer that are read.</summary>
    internal required int MostBytes { get; init; }

    /// <summary>True for a request that has no effect, or the effect of one however often it is sent.</summary>
    internal required bool IsRepeatable { get; init; }

    /// <summary>Longest time for one sending.</summary>
    internal required TimeSpan AttemptTimeout { get; init; }

    /// <summary>What else an answer has to be, beyond HTTP: gives the end back, or another one in its place. Null where nothing.</summary>
    internal Func<HttpEnd, HttpEnd>? Check { get; init; }

    /// <summary>A request to a merchant that may be repeated.</summary>
    /// <param name="merchant">Whose server.</param>
    /// <param name="operation">What for.</param>
    /// <param name="target">Where to.</param>
    /// <param name="options">Bounds.</param>
    internal static HttpCall To(MerchantEntry merchant, Operation operation, Uri target, CommerceOptions options) => new()
    {
        Operation = operation.ToString(),
        Party = merchant.Id,
        Target = target,
        BearerToken = merchant.BearerToken,
        Locale = merchant.Locale,
        MostBytes = options.MaxAnswerBytes,
        IsRepeatable = true,
        AttemptTimeout = options.AttemptTimeout,
    };
}
