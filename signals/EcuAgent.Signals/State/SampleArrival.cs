namespace EcuAgent.Signals;

/// <summary>The instants that one sample is judged by.</summary>
/// <param name="Now">Time of judging, since the state was made.</param>
/// <param name="ArrivedAt">Time of arrival on the same axis, at or before <paramref name="Now"/>.</param>
/// <param name="UtcAtArrivalNanoseconds">Our UTC at that arrival, ns since 1970.</param>
/// <param name="FutureTolerance">How far ahead a sender's clock may be.</param>
internal readonly record struct SampleArrival(
    TimeSpan Now, TimeSpan ArrivedAt, long UtcAtArrivalNanoseconds, TimeSpan FutureTolerance);
