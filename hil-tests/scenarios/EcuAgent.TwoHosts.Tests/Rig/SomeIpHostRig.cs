using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// SOME/IP over the wire: the service speaks it beside DDS on its own host's loopback, where the observer is; the car's ECUs stand behind a gateway.
/// </summary>
public sealed class SomeIpHostRig : TwoHostRig
{
    private protected override string[] ServiceSettings() => ["--bus", "both", "--EcuAgent:Bus:SomeIp:LocalAddress", $"{Link.CockpitAddress}"];

    private protected override ChildProcess StartEcus() => ChildProcess.StartDotnet(Checkout.EcuSim, "--domain", $"{Domain}");

    private protected override ChildProcess StartObserver() => Observer.Start(Link, Domain, "lo", "127.0.0.1");

    private protected override TestBus OpenBus() => new(Domain);

    private protected override Task StartBetweenAsync() => Started(ChildProcess.StartDotnet(
        Checkout.Gateway, "--domain", $"{Domain}", "--address", $"{Link.CarAddress}", "--on-someip", "Cockpit")).LineAsync("ready:");
}
