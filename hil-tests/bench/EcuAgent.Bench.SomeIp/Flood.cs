namespace EcuAgent.Bench.SomeIp;

/// <summary>One second of sending as fast as it goes.</summary>
/// <param name="AllocatedThere">Managed bytes on the sending thread.</param>
/// <param name="AllocatedHere">Managed bytes of the receiving process, the one call that asked for the flood included.</param>
internal readonly record struct Flood(long Sent, long Received, long AllocatedThere, long AllocatedHere);
