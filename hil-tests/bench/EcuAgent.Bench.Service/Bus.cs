using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Bench.Service;

/// <summary>The bench's own seat on the bus, with the same network settings as the service.</summary>
internal static class Bus
{
    internal static CockpitBusOptions Options(uint domainId) => new() { DomainId = (int)domainId, Source = "bench" };

    internal static VehicleParticipant Join(uint domainId, bool isPair = false) =>
        new(Options(domainId).ToParticipantOptions(), NullLogger.Instance, pair: isPair ? PairOwnership.Reader : null);

    /// <summary>The service's side of the bus, in this process.</summary>
    internal static CockpitBus Cockpit(uint domainId, VehicleState state, TimeProvider time) =>
        DdsLink.Join(Options(domainId), state, time, NullLogger<CockpitBus>.Instance, new CockpitBusSettings("bench", Guid.NewGuid().ToString()));

    /// <summary>UTC in ns since 1970.</summary>
    internal static long Now() => (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    /// <summary>Gives every new sample to a handler, on a thread of the bus.</summary>
    internal static DdsReader<T> Listen<T>(this VehicleParticipant participant, Action<T> handle)
        where T : unmanaged, Dds.TypeSupport.IDdsType<T> => participant.OpenReader<T>(reader =>
    {
        while (reader.TryTake(out var sample, out var info))
        {
            if (info.ValidData)
            {
                handle(sample);
            }
        }
    });
}
