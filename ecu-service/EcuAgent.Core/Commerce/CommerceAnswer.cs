using System.Diagnostics.CodeAnalysis;

namespace EcuAgent.Core.Commerce;

/// <summary>The answer to one request. Failures are values.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Reason">Stable code in snake case, at most 48 characters; see <see cref="CommerceReasons"/>, or a protocol's own code.</param>
/// <param name="Value">The answer; null unless <see cref="CommerceOutcome.Done"/>.</param>
public sealed record CommerceAnswer<T>(CommerceOutcome Outcome, string Reason, T? Value = null)
    where T : class
{
    /// <summary>True when there is a value.</summary>
    public bool IsDone => TryGet(out _);

    /// <summary>The value, when it was answered and done.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value)
    {
        value = Outcome == CommerceOutcome.Done ? Value : null;
        return value is not null;
    }
}
