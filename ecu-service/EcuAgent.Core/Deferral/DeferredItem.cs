namespace EcuAgent.Core.Deferral;

/// <summary>A request that waits.</summary>
/// <param name="Id">36 characters.</param>
/// <param name="Request">The latest request with this intent.</param>
/// <param name="DeferredAt">UTC time of the first request, for people.</param>
/// <param name="ExpiresAt">UTC time of its expiry, for people; the queue itself counts monotonic time.</param>
/// <param name="TimesAsked">1 for the first request, one more for each that was joined.</param>
public sealed record DeferredItem(
    string Id, DeferralRequest Request, DateTimeOffset DeferredAt, DateTimeOffset ExpiresAt, int TimesAsked);
