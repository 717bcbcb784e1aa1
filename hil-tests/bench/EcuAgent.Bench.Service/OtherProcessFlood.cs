using System.Globalization;

namespace EcuAgent.Bench.Service;

/// <summary>A flood from another process, over UDP on loopback.</summary>
internal sealed class OtherProcessFlood(uint domainId, FloodKind kind) : IFloodSource
{
    private readonly PeerProcess _peer = new(Peer.Flood + kind, domainId);

    public int Sources => kind == FloodKind.Speed ? 1 : 4;

    public (long Written, double Seconds) Flood(double seconds, Func<long> taken)
    {
        _peer.Say(seconds.ToString(CultureInfo.InvariantCulture));
        var parts = _peer.Hear().Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _peer.Dispose();
}
