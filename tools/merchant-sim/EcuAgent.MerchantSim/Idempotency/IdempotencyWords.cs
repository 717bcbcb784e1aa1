using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Idempotency;

/// <summary>How a protocol wants keys, and how it says what is wrong with one.</summary>
/// <param name="IsKeyRequired">False: a request without a key is worked on without memory.</param>
/// <param name="MissingKey">No key, or one that is too long.</param>
/// <param name="Malformed">The body is not JSON, for this reason.</param>
/// <param name="Conflict">The key was used with another body.</param>
/// <param name="InFlight">The first request with this key is still worked on.</param>
/// <param name="Full">No further keys can be kept.</param>
internal sealed record IdempotencyWords(
    bool IsKeyRequired, Func<Answer> MissingKey, Func<string, Answer> Malformed, Func<Answer> Conflict, Func<Answer> InFlight, Func<Answer> Full);
