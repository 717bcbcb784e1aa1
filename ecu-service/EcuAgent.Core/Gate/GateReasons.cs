namespace EcuAgent.Core.Gate;

/// <summary>The stable texts of <see cref="GateReason"/>, as they stand on the Decision topic and in the audit file.</summary>
public static class GateReasons
{
    /// <summary>Every reason, in declaration order.</summary>
    public static IReadOnlyList<GateReason> All { get; } = Enum.GetValues<GateReason>();

    /// <summary>The stable code: lower-case words joined by '_', at most 48 characters. No allocation.</summary>
    /// <param name="reason">A declared reason; any other value gives "undecided".</param>
    public static string Code(this GateReason reason) => reason switch
    {
        GateReason.Allowed => "allowed",
        GateReason.AllowedWithinLimits => "allowed_within_limits",
        GateReason.Confirmed => "confirmed",
        GateReason.ConfirmationNeeded => "confirmation_needed",
        GateReason.ConsentForOtherTerms => "consent_for_other_terms",
        GateReason.ConsentRevoked => "consent_revoked",
        GateReason.ConsentExpired => "consent_expired",
        GateReason.ConsentMissing => "consent_missing",
        GateReason.RequestInvalid => "request_invalid",
        GateReason.VoiceOnly => "voice_only",
        GateReason.NotWhileIdling => "not_while_idling",
        GateReason.NotWhileMoving => "not_while_moving",
        GateReason.NotWhileStateUnknown => "not_while_state_unknown",
        GateReason.NotPermitted => "not_permitted",
        GateReason.DeferredWhileIdling => "deferred_while_idling",
        GateReason.DeferredWhileMoving => "deferred_while_moving",
        GateReason.DeferredWhileStateUnknown => "deferred_while_state_unknown",
        GateReason.SpeakerIsChild => "speaker_is_child",
        GateReason.SpeakerSeatEmpty => "speaker_seat_empty",
        GateReason.SpeakerUnknown => "speaker_unknown",
        GateReason.SpeakerNotPermitted => "speaker_not_permitted",
        GateReason.AnotherSpeaker => "another_speaker",
        GateReason.AsrConfidenceLow => "asr_confidence_low",
        GateReason.AmountUnknown => "amount_unknown",
        GateReason.CurrencyNotListed => "currency_not_listed",
        GateReason.AmountOverOrderCap => "amount_over_order_cap",
        GateReason.AmountOverTripCap => "amount_over_trip_cap",
        GateReason.TripSpendUnknown => "trip_spend_unknown",
        GateReason.MerchantUnknown => "merchant_unknown",
        GateReason.MerchantNotUsedBefore => "merchant_not_used_before",
        GateReason.DrowsinessUnknown => "drowsiness_unknown",
        GateReason.DriverDrowsy => "driver_drowsy",
        GateReason.AttentionUnknown => "attention_unknown",
        GateReason.AttentionLow => "attention_low",
        GateReason.PhoneInUse => "phone_in_use",
        _ => "undecided",
    };
}
