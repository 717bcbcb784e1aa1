using EcuAgent.CycloneDds.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>An ECU on DDS that wants to know where the car is.</summary>
internal sealed class LocationReader : IDisposable
{
    private readonly VehicleParticipant _participant;
    private readonly List<V1.Location> _all = [];

    public LocationReader(int domain)
    {
        _participant = new VehicleParticipant(new CockpitBusOptions { DomainId = domain, Source = "reader" }.ToParticipantOptions(), NullLogger.Instance);
        var reader = _participant.OpenReader<V1.Location>(r =>
        {
            while (r.TryTake(out var sample, out var info))
            {
                if (info.ValidData)
                {
                    lock (_all)
                    {
                        _all.Add(sample);
                    }
                }
            }
        });

        // Positions are volatile: what is sent before the match is lost.
        Assert.True(reader.WaitForMatchAsync().Wait(Eventually.Watchdog));
    }

    public IReadOnlyList<V1.Location> All()
    {
        lock (_all)
        {
            return [.. _all];
        }
    }

    public void Dispose() => _participant.Dispose();
}
