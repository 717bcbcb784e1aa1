using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Http;

/// <summary>What is known after a request, before its body is understood.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Reason">Stable code.</param>
internal sealed record Reply(CommerceOutcome Outcome, string Reason)
{
    /// <summary>The JSON body of an answer that is <see cref="CommerceOutcome.Done"/>.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True where the copy that is here is still the newest.</summary>
    internal bool IsUnchanged { get; init; }

    internal string? EntityTag { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>True where the refusal says that a request of ours broke the protocol's own rules.</summary>
    internal bool IsOurMistake { get; init; }

    /// <summary>True where the same request may fare better a little later.</summary>
    internal bool MayPass { get; init; }

    /// <summary>True where nobody was heard: asking elsewhere at the same server would bring no more.</summary>
    internal bool IsUnreached => Reason is CommerceReasons.Unreachable or CommerceReasons.NoAnswer;

    /// <summary>The same failure as the answer of a port.</summary>
    internal CommerceAnswer<T> As<T>()
        where T : class
        => new(Outcome, Reason);
}
