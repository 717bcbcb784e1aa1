using EcuAgent.CycloneDds.VehicleBus;

namespace EcuAgent.Bench.Service;

/// <summary>What the other process does.</summary>
internal static class Peer
{
    internal const string Flood = "flood";
    internal const string Signals = "signals";
    internal const string Tighten = "tighten";
    internal const string TightenBusy = "tighten-busy";

    internal static int Run(string role, uint domainId)
    {
        using var participant = Bus.Join(domainId);
        return role switch
        {
            Flood + nameof(FloodKind.Speed) => SignalFlood.Serve(participant, FloodKind.Speed),
            Flood + nameof(FloodKind.Camera) => SignalFlood.Serve(participant, FloodKind.Camera),
            Signals => RunSignals(participant),
            Tighten => RunTighten(participant, signals: null),
            TightenBusy => RunTighten(participant, new KilohertzSignals(participant)),
            _ => 1,
        };
    }

    /// <summary>The other signals until stdin ends, for looking at a running service by hand.</summary>
    private static int RunSignals(VehicleParticipant participant)
    {
        using var signals = new KilohertzSignals(participant);
        Console.In.ReadToEnd();
        return 0;
    }

    private static int RunTighten(VehicleParticipant participant, KilohertzSignals? signals)
    {
        using (signals)
        {
            using var brake = new TightenPeer(participant);
            Console.WriteLine(brake.Run());
        }

        Console.In.ReadToEnd();
        return 0;
    }
}
