using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>The words of a policy file and what they mean.</summary>
internal static class PolicyVocabulary
{
    internal const string Format = "ecuagent-policy/1";

    internal static readonly (string Word, ActionClass Value)[] Classes =
    [
        ("inform", ActionClass.Inform), ("comfort", ActionClass.Comfort), ("navigate", ActionClass.Navigate),
        ("browse", ActionClass.Browse), ("prepare", ActionClass.Prepare), ("commit", ActionClass.Commit),
        ("setup", ActionClass.Setup),
    ];

    /// <summary>From loosest to strictest.</summary>
    internal static readonly (string Word, DrivingState Value)[] States =
    [
        ("parked", DrivingState.Parked), ("idling", DrivingState.Idling), ("moving", DrivingState.Moving),
        ("unknown", DrivingState.Unknown),
    ];

    internal static readonly (string Word, GateVerdict Value)[] Verdicts =
    [
        ("deny", GateVerdict.Deny), ("defer", GateVerdict.Defer), ("confirm", GateVerdict.Confirm), ("allow", GateVerdict.Allow),
    ];

    internal static readonly (string Word, bool Value)[] Channels = [("any", false), ("voice", true)];

    internal static readonly (string Word, SpeakerZone Value)[] Speakers =
    [
        ("driver", SpeakerZone.Driver), ("passenger", SpeakerZone.Passenger), ("rear_left", SpeakerZone.RearLeft),
        ("rear_right", SpeakerZone.RearRight),
    ];

    internal static string Word<T>((string Word, T Value)[] words, T value)
    {
        foreach ((string word, T candidate) in words)
        {
            if (EqualityComparer<T>.Default.Equals(candidate, value))
            {
                return word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "no word for this value");
    }
}
