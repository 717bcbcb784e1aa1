using System.Diagnostics;
using System.Globalization;
using EcuAgent.Conformance.Peer;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Gateway;
using EcuAgent.Signals;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>A bus, or several, between one cockpit and the ECUs of a car, all to itself.</summary>
public abstract class BusRig : IDisposable
{
    private static int s_next = Environment.ProcessId * 16;

    private readonly string _map = Path.Combine(Path.GetTempPath(), $"ecuagent-conformance-{Guid.NewGuid():N}.json");
    private readonly int _number = Interlocked.Increment(ref s_next);

    protected BusRig()
    {
        // The contract's services, protections and transports; only the highest rates are lifted, since the suite floods.
        var contract = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "someip.json"));
        File.WriteAllText(_map, System.Text.RegularExpressions.Regex.Replace(contract, "\"maxRateHz\": [0-9]+", "\"maxRateHz\": 1000"));
    }

    protected int Domain => 100 + (int)((uint)_number % 101);

    internal Cockpit OpenCockpit(Func<bool>? mayAct = null, VehicleStateOptions? options = null) => new(OpenLinks, mayAct, options);

    /// <summary>ECUs with these services; null: all.</summary>
    public abstract ICar OpenCar(IReadOnlyCollection<string>? services = null);

    /// <summary>A car in a process of its own that drives at 20 m/s.</summary>
    public abstract CarProcess StartCarProcess();

    public virtual void Dispose()
    {
        File.Delete(_map);
        GC.SuppressFinalize(this);
    }

    protected abstract (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings);

    protected IBusLink Dds(BusWarnings warnings) => new DdsLink(new CockpitBusOptions { DomainId = Domain, Source = "cockpit" }, NullLogger.Instance, warnings);

    protected SomeIpLink SomeIp(BusWarnings warnings) => new(SomeIpOptions(1), TimeProvider.System, NullLoggerFactory.Instance, warnings);

    /// <summary>A gateway between both; in the network of SOME/IP it is a node of its own.</summary>
    /// <param name="onSomeIp">Services that live on SOME/IP.</param>
    internal BusGateway OpenGateway(params IReadOnlyCollection<string> onSomeIp) => OpenGateway(3, onSomeIp);

    internal BusGateway OpenGateway(int host, params IReadOnlyCollection<string> onSomeIp)
    {
        var options = SomeIpOptions(host);
        var gateway = new BusGateway(
            new VehicleParticipant(new CockpitBusOptions { DomainId = Domain, Source = "gateway" }.ToParticipantOptions(), NullLogger.Instance),
            new SomeIpParticipant(options, TimeProvider.System, NullLoggerFactory.Instance),
            options.LoadMap(),
            onSomeIp,
            TimeProvider.System);
        gateway.Start();
        return gateway;
    }

    protected ICar DdsCar(IReadOnlyCollection<string>? services) => new DdsCar(Domain, services);

    protected ICar SomeIpCar(IReadOnlyCollection<string>? services) => new SomeIpCar(SomeIpOptions(2), services);

    protected CarProcess DdsCarProcess() => CarProcess.Start("dds", Domain.ToString(CultureInfo.InvariantCulture));

    protected CarProcess SomeIpCarProcess()
    {
        var options = SomeIpOptions(2);
        return CarProcess.Start("someip", options.LocalAddress, options.SdPort.ToString(CultureInfo.InvariantCulture), options.MapFile!);
    }

    /// <summary>One node of the network; each needs a loopback address of its own.</summary>
    protected SomeIpBusOptions SomeIpOptions(int host) => new()
    {
        LocalAddress = string.Create(CultureInfo.InvariantCulture, $"127.{20 + ((uint)_number % 200)}.0.{host}"),
        SdPort = 20000 + (int)((uint)_number % 10000),
        MapFile = _map,
    };
}

/// <summary>A car in a process of its own.</summary>
public sealed class CarProcess : IDisposable
{
    private readonly Process _process;

    private CarProcess(Process process) => _process = process;

    public static CarProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "EcuAgent.Conformance.Peer.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return new CarProcess(process);
    }

    /// <summary>Ends it as a crash does: nothing is said to anybody.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
