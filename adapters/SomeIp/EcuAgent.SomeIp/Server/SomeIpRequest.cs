using System.Buffers;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>A received request; the payload is valid during the handler only.</summary>
public readonly ref struct SomeIpRequest(SomeIpHeader header, ReadOnlySpan<byte> payload)
{
    public SomeIpHeader Header { get; } = header;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Fire and forget: the result goes nowhere.</summary>
    public bool NoReturn => Header.MessageType == SomeIpMessageType.RequestNoReturn;
}

/// <summary>
/// Runs on the thread of the socket: be quick. What is written to <paramref name="response"/> is the answer's payload when the result is Ok.
/// An exception is logged, counted and answered with NotOk.
/// </summary>
public delegate SomeIpReturnCode SomeIpMethodHandler(in SomeIpRequest request, IBufferWriter<byte> response);

/// <summary>For methods that take their time; runs on the thread pool with a copy of the request.</summary>
public delegate ValueTask<SomeIpReturnCode> SomeIpAsyncMethodHandler(
    SomeIpHeader header, ReadOnlyMemory<byte> payload, IBufferWriter<byte> response, CancellationToken cancellationToken);
