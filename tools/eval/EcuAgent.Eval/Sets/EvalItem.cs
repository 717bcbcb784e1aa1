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

    /// <summary>Our gold calls in order, or null where the line has none.</summary>
    public IReadOnlyList<ExpectedCall>? Gold { get; init; }
}
