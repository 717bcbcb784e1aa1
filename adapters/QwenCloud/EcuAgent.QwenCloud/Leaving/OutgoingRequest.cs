using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>What leaves, and what stayed here of it.</summary>
internal sealed record OutgoingRequest(SentFields Fields, MaskedText Masked);
