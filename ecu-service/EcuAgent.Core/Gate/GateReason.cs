namespace EcuAgent.Core.Gate;

/// <summary>Why the gate answered as it did. Codes (<see cref="GateReasons.Code"/>) are stable; see README.md here.</summary>
public enum GateReason
{
    /// <summary>Nothing was decided: the value of a forgotten decision.</summary>
    Undecided,

    /// <summary>The table allows it.</summary>
    Allowed,

    /// <summary>The table allows it within limits.</summary>
    AllowedWithinLimits,

    /// <summary>A commit whose question was answered with a valid yes.</summary>
    Confirmed,

    /// <summary>The table asks for read-back and a yes.</summary>
    ConfirmationNeeded,

    /// <summary>A yes exists, but for other terms than those to be committed.</summary>
    ConsentForOtherTerms,

    /// <summary>The driving state became stricter since the question was asked.</summary>
    ConsentRevoked,

    /// <summary>The yes is too old.</summary>
    ConsentExpired,

    /// <summary>The question is not known or its yes was used already.</summary>
    ConsentMissing,

    /// <summary>The request is malformed: unknown action class.</summary>
    RequestInvalid,

    /// <summary>Allowed by voice only in this state.</summary>
    VoiceOnly,

    /// <summary>Not while the car stands with the gear engaged.</summary>
    NotWhileIdling,

    /// <summary>Not while the car moves.</summary>
    NotWhileMoving,

    /// <summary>Not while the driving state is not known.</summary>
    NotWhileStateUnknown,

    /// <summary>The table refuses it even when parked.</summary>
    NotPermitted,

    /// <summary>Waits until the car is parked: the gear is engaged now.</summary>
    DeferredWhileIdling,

    /// <summary>Waits until the car is parked: it moves now.</summary>
    DeferredWhileMoving,

    /// <summary>Waits until the car is known to be parked.</summary>
    DeferredWhileStateUnknown,

    /// <summary>Asked from a seat where a child sits.</summary>
    SpeakerIsChild,

    /// <summary>Asked from a seat that is seen to be empty.</summary>
    SpeakerSeatEmpty,

    /// <summary>It is not known who asked.</summary>
    SpeakerUnknown,

    /// <summary>This seat may not confirm in this state.</summary>
    SpeakerNotPermitted,

    /// <summary>The yes came from another seat than the request.</summary>
    AnotherSpeaker,

    /// <summary>The recognizer was not sure enough, or its confidence is not known.</summary>
    AsrConfidenceLow,

    /// <summary>The amount or its currency is not known.</summary>
    AmountUnknown,

    /// <summary>The policy has no cap in this currency.</summary>
    CurrencyNotListed,

    /// <summary>Above the cap for one order.</summary>
    AmountOverOrderCap,

    /// <summary>Above the cap for the trip.</summary>
    AmountOverTripCap,

    /// <summary>What was spent in this trip is not known.</summary>
    TripSpendUnknown,

    /// <summary>The merchant is not known.</summary>
    MerchantUnknown,

    /// <summary>Nothing was bought from this merchant before, or it is not known whether.</summary>
    MerchantNotUsedBefore,

    /// <summary>The driver's drowsiness is not known.</summary>
    DrowsinessUnknown,

    /// <summary>The driver is too sleepy.</summary>
    DriverDrowsy,

    /// <summary>The driver's attention is not known.</summary>
    AttentionUnknown,

    /// <summary>The driver's attention is too low.</summary>
    AttentionLow,

    /// <summary>The driver holds a phone.</summary>
    PhoneInUse,
}
