using System.Threading.Channels;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Events as they come, to be waited for.</summary>
internal sealed class Received
{
    private readonly Channel<(ushort Session, byte[] Payload)> _channel = Channel.CreateUnbounded<(ushort Session, byte[] Payload)>();

    internal void Add(in SomeIpEvent received) => _channel.Writer.TryWrite((received.Header.SessionId, received.Payload.ToArray()));

    internal async Task<(ushort Session, byte[] Payload)> NextAsync()
    {
        using var watchdog = new CancellationTokenSource(Network.Watchdog);
        return await _channel.Reader.ReadAsync(watchdog.Token);
    }

    /// <summary>
    /// The next one with another session than that. A late acknowledgement makes a client ask for the value once more, and a protected one comes as it was.
    /// </summary>
    internal async Task<(ushort Session, byte[] Payload)> NextAfterAsync(ushort session)
    {
        var next = await NextAsync();
        while (next.Session == session)
        {
            next = await NextAsync();
        }

        return next;
    }

    internal async Task<byte[]> FirstAsync(Predicate<byte[]> wanted)
    {
        while (true)
        {
            var (_, payload) = await NextAsync();
            if (wanted(payload))
            {
                return payload;
            }
        }
    }
}
