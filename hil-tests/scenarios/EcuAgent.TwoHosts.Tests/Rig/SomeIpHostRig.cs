using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// SOME/IP over the wire: the service speaks it beside DDS on its own host's loopback, where the observer is; the car's ECUs stand behind a gateway.
/// </summary>
public sealed class SomeIpHostRig : TwoHostRig
{
    internal override int MostAttempts => 4;

    // An offer lives for two of its repetitions: with more loss services come and go, as they should. In order and none twice: by the standard's own rule a
    // message of service discovery whose session number does not rise is a restart of its sender (AUTOSAR PRS SOME/IP-SD, reboot detection).
    internal override WireFaults Bad { get; } = new() { Loss = 0.05, Delay = TimeSpan.FromMilliseconds(20) };

    private protected override string[] ServiceSettings() => ["--bus", "both", "--EcuAgent:Bus:SomeIp:LocalAddress", $"{Link.CockpitAddress}"];

    private protected override ChildProcess StartEcus() => ChildProcess.StartDotnet(Checkout.EcuSim, "--domain", $"{Domain}");

    private protected override ChildProcess StartObserver() => Observer.Start(Link, Domain, "lo", "127.0.0.1");

    private protected override TestBus OpenBus() => new(Domain);

    private protected override Task StartBetweenAsync() => Started(ChildProcess.StartDotnet(
        Checkout.Gateway, "--domain", $"{Domain}", "--address", $"{Link.CarAddress}", "--on-someip", "Cockpit")).LineAsync("ready:");
}
