using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Interop.Tests;

/// <summary>One peer and one participant of ours on a domain of their own.</summary>
public sealed class PeerRig : IAsyncDisposable
{
    private readonly int _domain = Domains.Next();
    private readonly Channel<BusWarning> _warnings = Channel.CreateUnbounded<BusWarning>();
    private Peer? _peer;

    public PeerRig() => Participant = new VehicleParticipant(
        new DdsParticipantOptions { DomainId = (uint)_domain, Name = "interop" }, NullLogger.Instance, w => _warnings.Writer.TryWrite(w));

    internal VehicleParticipant Participant { get; }

    internal int Domain => _domain;

    /// <summary>Waits for a warning of the bus on our side.</summary>
    internal async Task<BusWarning> WarningAsync(BusWarning warning)
    {
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await foreach (var seen in _warnings.Reader.ReadAllAsync(watchdog.Token))
        {
            if (seen == warning)
            {
                return seen;
            }
        }

        throw new InvalidOperationException("the rig is gone");
    }

    /// <summary>The peer that all tests of the class share; skips the test where the stack was not asked for.</summary>
    internal async Task<Peer> PeerAsync(PeerStack stack) => _peer ??= await StartAsync(stack);

    /// <summary>Another peer on the same domain.</summary>
    internal Task<Peer> StartAsync(PeerStack stack) => Peer.StartAsync(stack, _domain);

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }

        Participant.Dispose();
    }
}
