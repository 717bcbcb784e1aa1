namespace EcuAgent.QwenCloud.Privacy;

/// <summary>One request that left the car, as the record has it.</summary>
/// <param name="Number">Number of the request.</param>
/// <param name="Time">When it was sent, UTC.</param>
/// <param name="To">Scheme, host and port.</param>
/// <param name="Why">Why the local model was not enough: a reason code.</param>
/// <param name="Sent">What left.</param>
/// <param name="Outcome">What came of it; null where the service ended before it was known.</param>
/// <param name="ElapsedMs">Milliseconds to the outcome.</param>
public sealed record SentEntry(long Number, DateTimeOffset Time, string To, string Why, SentFields Sent, string? Outcome, long? ElapsedMs);
