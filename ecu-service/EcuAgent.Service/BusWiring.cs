using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Signals;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Joins the buses that the settings ask for.</summary>
internal static class BusWiring
{
    /// <summary>One bus, or DDS with SOME/IP beside it: DDS is the one that commands look at first.</summary>
    /// <exception cref="CycloneDds.DdsLibraryException">libddsc is missing or of another version.</exception>
    /// <exception cref="CycloneDds.DdsException">The domain cannot be joined.</exception>
    /// <exception cref="EcuAgent.SomeIp.SomeIpException">A socket cannot be bound.</exception>
    public static CockpitBus Join(BusOptions options, CockpitBusSettings settings, VehicleState state, TimeProvider time, ILoggerFactory loggers, PairOwnership? pair)
    {
        var logger = loggers.CreateLogger<CockpitBus>();
        var warnings = new BusWarnings();
#if CONNEXT
        if (options.Transport == BusTransport.Connext)
        {
            return new CockpitBus(settings, state, time, logger, warnings, new Connext.ConnextLink(ConnextPlace.Of(options), logger, warnings));
        }
#endif

        if (!options.UsesDds)
        {
            return new CockpitBus(settings, state, time, logger, warnings, SomeIp());
        }

        var dds = new DdsLink(options, logger, warnings, pair);
        try
        {
            return new CockpitBus(settings, state, time, logger, warnings, dds, options.UsesSomeIp ? [SomeIp()] : []);
        }
        catch
        {
            dds.Dispose();
            throw;
        }

        SomeIpLink SomeIp() => new(options.SomeIp, time, loggers, warnings);
    }
}
