using EcuAgent.Core.Tools;

namespace EcuAgent.Core.Ports;

/// <summary>
/// Tools of others that a file of the car allows. Failures are values; only <see cref="Commerce.CommerceOutcome.Unknown"/> leaves open whether
/// something happened. What a tool or its server writes is text to be quoted: nothing may be decided by it. The port decides nothing either: it
/// checks form, asks for the permit, and sends.
/// </summary>
public interface IToolPort
{
    /// <summary>The tools that can be asked for by a sentence, in the order of the file. Known without asking anybody.</summary>
    IReadOnlyList<SpokenTool> Spoken { get; }

    /// <summary>Checks a call against what its server offers now, and calls nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<ToolCheck> CheckAsync(ToolCall call, CancellationToken cancellationToken);

    /// <summary>Calls a tool: one request, never repeated.</summary>
    /// <param name="call">The call.</param>
    /// <param name="permit">
    /// Asked at most once, when everything that can fail before has gone well and right before the request leaves, with the terms as they are
    /// then. Null lets it leave; else nothing is sent, and the code is the reason of the refusal.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; where the permit was given, the tool may have been called.</exception>
    Task<ToolAnswer> CallAsync(ToolCall call, Func<ToolTerms, ValueTask<string?>> permit, CancellationToken cancellationToken);
}
