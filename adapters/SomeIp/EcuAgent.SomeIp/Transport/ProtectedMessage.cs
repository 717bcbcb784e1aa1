using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Transport;

/// <summary>
/// The last message of one id as it left under its protection. Not thread-safe: its owner holds a lock from here until the bytes have left,
/// which makes the order of protection that of the wire. Allocates only for a message longer than any before.
/// </summary>
internal sealed class ProtectedMessage
{
    private readonly ISomeIpProtection _protection;
    private readonly SomeIpRuntime _runtime;
    private byte[] _message = new byte[SomeIpHeader.Size];

    internal ProtectedMessage(ISomeIpProtection protection, SomeIpRuntime runtime)
    {
        _protection = protection;
        _runtime = runtime;
        HeaderBytes = protection.HeaderBytes;
    }

    internal int HeaderBytes { get; }

    internal SomeIpHeader Header { get; private set; }

    /// <summary>Header of the protection and payload.</summary>
    internal ReadOnlySpan<byte> Payload => _message.AsSpan(SomeIpHeader.Size, (int)Header.Length - SomeIpHeader.LengthOfEmpty);

    /// <summary>False: nothing is to be sent, which is counted.</summary>
    internal bool TryMake(in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        var size = SomeIpHeader.Size + HeaderBytes + payload.Length;
        if (size > _message.Length)
        {
            _message = new byte[size];
        }

        var message = _message.AsSpan(0, size);
        Header = header with { Length = (uint)(size - SomeIpHeader.UncountedBytes) };
        Header.Write(message);
        message.Slice(SomeIpHeader.Size, HeaderBytes).Clear();
        payload.CopyTo(message[(SomeIpHeader.Size + HeaderBytes)..]);
        try
        {
            if (_protection.TryProtect(message))
            {
                return true;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The first value of a field leaves on a thread that serves others as well.
            Log.HandlerFailed(_runtime.Logger, e, header.ServiceId, header.MethodId);
        }

        _runtime.Counters.Add(SomeIpFault.ProtectionRefused);
        return false;
    }
}
