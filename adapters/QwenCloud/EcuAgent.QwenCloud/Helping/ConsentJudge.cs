using EcuAgent.QwenCloud.Privacy;
using EcuAgent.Signals;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>
/// Reads a standing consent: it must be there, not taken back, not too old, for exactly these terms, and given at a standstill. Pure.
/// </summary>
internal static class ConsentJudge
{
    // A clock that is set forward and back again must not end a consent; one from next week is none.
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromDays(1);

    /// <param name="consent">The consent on disk.</param>
    /// <param name="options">The terms, and how long a consent holds.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="movingSince">Since when the car has been moving, UTC; null while it is not.</param>
    public static ConsentStanding Judge(StandingConsent? consent, QwenCloudOptions options, DateTimeOffset now, DateTimeOffset? movingSince)
    {
        if (consent is null)
        {
            return ConsentStanding.None;
        }

        var age = now - consent.Time;
        return !consent.Given ? ConsentStanding.Revoked
            : age < -FutureTolerance ? ConsentStanding.None
            : age > options.ConsentHolds ? ConsentStanding.Expired
            : consent.Endpoint != options.Origin || consent.FieldsVersion != SentFields.Version ? ConsentStanding.OtherTerms
            : consent.Time > movingSince ? ConsentStanding.GivenWhileMoving
            : ConsentStanding.Yes;
    }

    public static HelpRefusal? Refusal(ConsentStanding consent) => consent switch
    {
        ConsentStanding.Yes => null,
        ConsentStanding.Revoked => HelpRefusal.ConsentRevoked,
        ConsentStanding.Expired => HelpRefusal.ConsentExpired,
        ConsentStanding.OtherTerms => HelpRefusal.ConsentForOtherTerms,
        ConsentStanding.GivenWhileMoving => HelpRefusal.ConsentGivenWhileMoving,
        _ => HelpRefusal.ConsentMissing,
    };

    /// <summary>Since when the car has been moving; null while it is not.</summary>
    public static DateTimeOffset? MovingSince(VehicleSnapshot snapshot) =>
        snapshot.Driving.State == DrivingState.Moving ? snapshot.TakenAt - snapshot.Driving.InState : null;
}
