using EcuAgent.CycloneDds.VehicleBus;

namespace EcuAgent.Bench.Service;

/// <summary>A flood from another participant in this process: Cyclone hands it over without the network.</summary>
internal sealed class SameProcessFlood : IFloodSource
{
    private readonly VehicleParticipant _participant;
    private readonly bool _inBursts;
    private readonly SignalFlood _flood;

    internal SameProcessFlood(uint domainId, FloodKind kind, bool inBursts)
    {
        _inBursts = inBursts;
        _participant = Bus.Join(domainId);
        _flood = SignalFlood.Open(_participant, kind);
        _flood.WaitForReader();
        _flood.WriteRound(0);
    }

    public int Sources => _flood.Sources;

    public (long Written, double Seconds) Flood(double seconds, Func<long> taken) => _flood.Run(seconds, _inBursts ? taken : null);

    public void Dispose() => _participant.Dispose();
}
