using EcuAgent.Core.Gate;
using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>Reads a standing consent as the gate reads a yes: it must be there, not taken back, not too old, and for exactly these terms. Pure.</summary>
internal static class ConsentJudge
{
    // A clock that is set forward and back again must not end a consent; one from next week is none.
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromDays(1);

    public static (ConsentKind Kind, bool SameTerms) Judge(StandingConsent? consent, QwenCloudOptions options, DateTimeOffset now)
    {
        if (consent is null)
        {
            return (ConsentKind.None, false);
        }

        var sameTerms = consent.Endpoint == options.Origin && consent.FieldsVersion == SentFields.Version;
        var age = now - consent.Time;
        return (
            !consent.Given ? ConsentKind.Revoked
            : age < -FutureTolerance ? ConsentKind.None
            : age > options.ConsentHolds ? ConsentKind.Expired
            : ConsentKind.Yes,
            sameTerms);
    }

    public static HelpRefusal? Refusal((ConsentKind Kind, bool SameTerms) consent) => consent switch
    {
        (ConsentKind.Yes, true) => null,
        (ConsentKind.Yes, false) => HelpRefusal.ConsentForOtherTerms,
        (ConsentKind.Revoked, _) => HelpRefusal.ConsentRevoked,
        (ConsentKind.Expired, _) => HelpRefusal.ConsentExpired,
        _ => HelpRefusal.ConsentMissing,
    };

    public static string Code((ConsentKind Kind, bool SameTerms) consent) => consent switch
    {
        (ConsentKind.Yes, true) => "yes",
        (ConsentKind.Yes, false) => "other_terms",
        (ConsentKind.Revoked, _) => "revoked",
        (ConsentKind.Expired, _) => "expired",
        _ => "none",
    };
}
