using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>DDS over the wire, without multicast.</summary>
public sealed class DdsHostRig : TwoHostRig
{
    internal override int MostAttempts => 1;

    internal override WireFaults Bad { get; } =
        new() { Loss = 0.2, Duplicates = 0.1, Delay = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(30) };

    private string[] Hosts => [$"{Link.CarAddress}", $"{Link.CockpitAddress}"];

    private protected override string[] ServiceSettings() =>
        ["--interface", Link.CockpitInterface, "--EcuAgent:Bus:Peers:0", Hosts[0], "--EcuAgent:Bus:Peers:1", Hosts[1]];

    private protected override ChildProcess StartEcus() => ChildProcess.StartDotnet(
        Checkout.EcuSim, "--domain", $"{Domain}", "--interface", Link.CarInterface, "--peer", Hosts[0], "--peer", Hosts[1]);

    private protected override ChildProcess StartObserver() => Observer.Start(Link, Domain, Link.CockpitInterface, Hosts[1]);

    private protected override TestBus OpenBus() => new(Domain, networkInterface: Link.CarInterface, peers: Hosts);
}
