using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>Result of a call.</summary>
/// <param name="ReturnCode">Of the answer; Ok where there is none, so look at <paramref name="Outcome"/> first.</param>
/// <param name="Payload">The answer, as much of it as the given buffer holds.</param>
/// <param name="FullLength">Bytes of the answer on the wire; more than in <paramref name="Payload"/> when its tail was cut off.</param>
public readonly record struct SomeIpCallResult(SomeIpCallOutcome Outcome, SomeIpReturnCode ReturnCode, ReadOnlyMemory<byte> Payload, int FullLength)
{
    /// <summary>Answered with Ok.</summary>
    public bool IsOk => Outcome == SomeIpCallOutcome.Answered && ReturnCode == SomeIpReturnCode.Ok;
}
