using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;

namespace EcuAgent.Core.Agent;

/// <summary>Limits and times of the agent. The agent takes a copy when it is made.</summary>
public sealed record AgentOptions
{
    /// <summary>Below this confidence (0 .. 1) the person is asked to say it again; nothing is done. Default 0.45.</summary>
    public double MinimumAsrConfidence { get; init; } = 0.45;

    /// <summary>
    /// Below this confidence (0 .. 1, not under <see cref="MinimumAsrConfidence"/>) the next hypothesis of the recognizer is planned as well;
    /// when it gives other calls, the person is asked which was meant. Default 0.65.
    /// </summary>
    public double CompareAlternativesBelow { get; init; } = 0.65;

    /// <summary>Longest time for the model, 100 ms to 60 s. Default 8 s.</summary>
    public TimeSpan ModelTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Most tokens that the model may write, 16 to 2048. Default 256.</summary>
    public int MaxOutputTokens { get; init; } = 256;

    /// <summary>How long a command may be carried out, 100 ms to 60 s. Default 5 s.</summary>
    public TimeSpan CommandExpiry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a place query waits, 100 ms to 60 s. Default 3 s.</summary>
    public TimeSpan PlaceTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a merchant may take, 100 ms to 120 s. Default 10 s.</summary>
    public TimeSpan MerchantTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a tool of others may take to be checked, and again to be called, 100 ms to 120 s. It does not hold up the next utterance. Default 10 s.
    /// </summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the read-back of a completed command is waited for, 0 to 10 s. Default 700 ms.</summary>
    public TimeSpan ReadBackWait { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long a question stays open, 5 to 120 s. Default 30 s.</summary>
    public TimeSpan QuestionOpenFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the last exchange of a speaker is shown to the model with the next utterance, 0 to 30 s; 0 never. Models are trained on at
    /// most 30 s. Default 30 s.
    /// </summary>
    public TimeSpan TurnMemory { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far away a place may be that is told as standing beside the car, 50 to 2000 m. Default 300 m.</summary>
    public double BesideWithinM { get; init; } = 300;

    /// <summary>Most utterances waiting for their turn, 0 to 64. Default 4. One more is refused with a spoken "one moment" and counted.</summary>
    public int MaxWaitingUtterances { get; init; } = 4;

    /// <summary>Most options that are spoken when the gate sets no lower limit, 1 to 8. Default 5.</summary>
    public int MaxSpokenOptions { get; init; } = 5;

    /// <summary>Most options of a question, 2 to 5. Default 3.</summary>
    public int MaxQuestionOptions { get; init; } = 3;

    /// <summary>
    /// How far a merchant may be from a town that was named, or from the destination when something near it is asked for, 1 to 200 km straight.
    /// Default 20 km.
    /// </summary>
    public int NearWithinM { get; init; } = 20_000;

    /// <summary>
    /// By how much the arrival may shift between the read-back and the yes, 1 to 60 min; beyond that the order is read back anew. Default 5 min.
    /// </summary>
    public TimeSpan ArrivalShift { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long several errands stay planned together after the last was added, 1 to 120 min. Default 30 min.</summary>
    public TimeSpan ErrandsKeptFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Bounds of a plan of several errands along one way.</summary>
    public ErrandPlannerOptions Errands { get; init; } = new();

    /// <summary>How long a stop takes at which something is fetched, bought or looked after, 0 to 4 h. Default 10 min.</summary>
    public TimeSpan StopTakes { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What counts how much when offers are ranked.</summary>
    public RankingOptions Ranking { get; init; } = new();

    /// <summary>What holds for every purchase of the person without being said; checked by <see cref="BuyerPreferences.Faults"/>.</summary>
    public BuyerPreferences Preferences { get; init; } = new();

    /// <summary>True only where the person allowed that paid places move offers up. They are labelled either way. Default false.</summary>
    public bool SponsoredMayRankHigher { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it names the property and the value.</exception>
    public void Validate()
    {
        Check(nameof(MinimumAsrConfidence), MinimumAsrConfidence, 0, 1);
        Check(nameof(CompareAlternativesBelow), CompareAlternativesBelow, MinimumAsrConfidence, 1);
        Check(nameof(ModelTimeout), ModelTimeout, 0.1, 60);
        Check(nameof(MaxOutputTokens), MaxOutputTokens, 16, 2048);
        Check(nameof(CommandExpiry), CommandExpiry, 0.1, 60);
        Check(nameof(PlaceTimeout), PlaceTimeout, 0.1, 60);
        Check(nameof(MerchantTimeout), MerchantTimeout, 0.1, 120);
        Check(nameof(ToolTimeout), ToolTimeout, 0.1, 120);
        Check(nameof(ReadBackWait), ReadBackWait, 0, 10);
        Check(nameof(QuestionOpenFor), QuestionOpenFor, 5, 120);
        Check(nameof(TurnMemory), TurnMemory, 0, 30);
        Check(nameof(BesideWithinM), BesideWithinM, 50, 2000);
        Check(nameof(MaxWaitingUtterances), MaxWaitingUtterances, 0, 64);
        Check(nameof(MaxSpokenOptions), MaxSpokenOptions, 1, 8);
        Check(nameof(MaxQuestionOptions), MaxQuestionOptions, 2, 5);
        Check(nameof(NearWithinM), NearWithinM, 1000, 200_000);
        Check(nameof(ArrivalShift), ArrivalShift, 60, 3600);
        Check(nameof(ErrandsKeptFor), ErrandsKeptFor, 60, 7200);
        Check(nameof(StopTakes), StopTakes, 0, 14_400);
        Errands.Validate();
        Ranking.Validate();
    }

    private static void Check(string name, TimeSpan value, double lowestS, double highestS)
    {
        if (value.TotalSeconds < lowestS || value.TotalSeconds > highestS)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowestS} to {highestS} seconds."));
        }
    }

    private static void Check(string name, double value, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowest} to {highest}."));
        }
    }
}
