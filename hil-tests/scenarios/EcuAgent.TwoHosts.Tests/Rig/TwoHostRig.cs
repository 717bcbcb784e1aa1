using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>The service with its model on the cockpit's host; ECUs, sensors and occupants in the car; DDS without multicast between them.</summary>
public sealed class TwoHostRig : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal HostLink Link { get; private set; } = null!;

    internal ChildProcess Service { get; private set; } = null!;

    internal ChildProcess Ecus { get; private set; } = null!;

    /// <summary>What is seen beside the service, whatever the wire does.</summary>
    internal ChildProcess OnCockpit { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (TestNamespace.Missing is not null || ModelPackage.Folder is not { } model)
        {
            return; // Each test skips itself and says why.
        }

        var domain = Domains.Next();
        Link = await HostLink.StartAsync();
        string[] hosts = [$"{Link.CarAddress}", $"{Link.CockpitAddress}"];
        Service = Link.StartOnCockpit(
            Checkout.Service, "--domain", $"{domain}", "--model", model, "--audit", _folder.Path, "--interface", Link.CockpitInterface,
            "--EcuAgent:Bus:Peers:0", hosts[0], "--EcuAgent:Bus:Peers:1", hosts[1]);
        Ecus = ChildProcess.StartDotnet(Checkout.EcuSim, "--domain", $"{domain}", "--interface", Link.CarInterface, "--peer", hosts[0], "--peer", hosts[1]);
        OnCockpit = Observer.Start(Link, domain);
        await Service.LineAsync("Ready: domain");
        await Ecus.LineAsync("ready:");
        Bus = new TestBus(domain, networkInterface: Link.CarInterface, peers: hosts);
        await Bus.WaitForServiceAsync();
        await OnCockpit.LineAsync("state ");

        // Read-back of both ECUs.
        await Bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= 4);
    }

    public async ValueTask DisposeAsync()
    {
        if (Bus is not null)
        {
            await Bus.DisposeAsync();
        }

        foreach (var process in new[] { OnCockpit, Ecus, Service })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        if (Link is not null)
        {
            await Link.DisposeAsync();
        }

        _folder.Dispose();
    }
}
