using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Eval.Sets;

/// <summary>One utterance of a set.</summary>
internal sealed record EvalItem
{
    /// <summary>Unique among all sets of a run.</summary>
    public required string Id { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }

    /// <summary>What was said, outer space removed, not empty.</summary>
    public required string Utterance { get; init; }

    /// <summary>Domain of the first request; one of the catalogue's.</summary>
    public required string Domain { get; init; }

    /// <summary>State of the car; parked where the line does not say.</summary>
    public DrivingState Car { get; init; } = DrivingState.Parked;

    /// <summary>Who spoke; the driver where the line does not say.</summary>
    public SpeakerZone Speaker { get; init; } = SpeakerZone.Driver;

    /// <summary>What the same person said just before, with what the agent did; null where the line begins a conversation.</summary>
    public EarlierExchange? Before { get; init; }

    /// <summary>Our gold calls in order, or null where the line has none.</summary>
    public IReadOnlyList<ExpectedCall>? Gold { get; init; }

    /// <summary>Other answers that are as right as <see cref="Gold"/>; empty on most lines.</summary>
    public IReadOnlyList<IReadOnlyList<ExpectedCall>> Alternatives { get; init; } = [];

    /// <summary>Words by which results are grouped, such as <c>correction</c>; distinct.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>All right answers, the gold calls first; empty where the line has none.</summary>
    public IEnumerable<IReadOnlyList<ExpectedCall>> Answers => Gold is null ? [] : [Gold, .. Alternatives];
}
