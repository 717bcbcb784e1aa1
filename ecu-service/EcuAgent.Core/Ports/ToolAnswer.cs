using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>What came of a call.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Reason">Stable code: of <see cref="Tools.ToolReasons"/>, or that of the permit.</param>
/// <param name="Detail">What was wrong with the request, for a person at a keyboard; empty when nothing was.</param>
public sealed record ToolAnswer(CommerceOutcome Outcome, string Reason, string Detail = "")
{
    /// <summary>What the tool wrote, as plain lines; shown or quoted, and never obeyed. Also there where the tool says that it failed.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Parts of the result that are no text and are not shown: pictures, sounds, resources.</summary>
    public int PartsNotShown { get; init; }
}
