using EcuAgent.Signals;

namespace EcuAgent.DemoRun;

/// <summary>An utterance of the script with what it must lead to.</summary>
internal sealed record Request(Trigger When, string Text, params Expectation[] Expected)
{
    public CabinZone Zone { get; init; } = CabinZone.Driver;

    public double Confidence { get; init; } = 0.95;

    /// <summary>Id of the line in the open set; empty for an utterance of our own.</summary>
    public string OpenSetId { get; init; } = "";
}
