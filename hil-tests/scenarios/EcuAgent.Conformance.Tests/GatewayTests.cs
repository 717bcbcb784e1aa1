using EcuAgent.Conformance.Peer;
using EcuAgent.Conformance.Tests.Rig;
using EcuAgent.Core.Ports;
using EcuAgent.Gateway;
using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.Conformance.Tests;

/// <summary>What only a gateway does: services on both sides at once, once each, and nothing back.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class GatewayTests : IDisposable
{
    private static readonly string[] OnSomeIp = ["Driving", "Position", "Energy", "CabinCamera", "Climate"];
    private static readonly string[] OnDds = ["Navigation", "Speech"];

    private readonly MixedRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task ServicesOnBothSides_EachIsReachedOnceAndNothingComesBack()
    {
        using var cockpit = _rig.OpenCockpit();
        using var onSomeIp = _rig.OpenOnSomeIp();
        using var onDds = _rig.OpenOnDds();
        using var drive = new Drive(onSomeIp, 14, V1.GearPosition.Drive);
        await cockpit.DrivesAsync(DrivingState.Moving);

        await SendAsync(cockpit, "hvac", c => cockpit.Bus.SendAsync(new HvacCommand { CommandId = c, UtteranceId = "u", Issued = DateTimeOffset.UtcNow, Expires = DateTimeOffset.UtcNow.AddSeconds(5), Action = HvacAction.SetClimate }, default));
        await SendAsync(cockpit, "route", c => cockpit.Bus.SendAsync(new NavigationCommand { CommandId = c, UtteranceId = "u", Issued = DateTimeOffset.UtcNow, Expires = DateTimeOffset.UtcNow.AddSeconds(5), Action = NavigationAction.Cancel }, default));
        await Eventually.TrueAsync(() => onSomeIp.Received<V1.HvacCommand>().Count > 0 && onDds.Received<V1.NavigationCommand>().Count > 0, "both commands");

        await Eventually.TrueAsync(() => onSomeIp.HasListener<V1.CommandOutcome>() && onDds.HasListener<V1.CommandOutcome>(), "listeners for outcomes");
        Answer(onSomeIp, "ecu.hvac", "hvac");
        Answer(onDds, "ecu.navigation", "route");
        await Eventually.TrueAsync(() => cockpit.Events.Of<CommandOutcome>().Count >= 2, "both outcomes");
        var before = (_rig.Gateway.Counters.Repeated, _rig.Gateway.Counters.Failed);

        // What goes round would be here by the time that later samples have gone the whole way several times.
        var heard = cockpit.Bus.Ingest.SamplesReceived;
        await Eventually.TrueAsync(() => cockpit.Bus.Ingest.SamplesReceived > heard + 100, "a hundred samples more");
        Assert.Equal(["hvac", "route"], cockpit.Events.Of<CommandOutcome>().Select(o => o.CommandId).Order());
        Assert.Single(onSomeIp.Received<V1.HvacCommand>());
        Assert.Single(onDds.Received<V1.NavigationCommand>());
        Assert.Equal(before, (_rig.Gateway.Counters.Repeated, _rig.Gateway.Counters.Failed));
    }

    [Fact]
    public async Task Sample_KeepsSourceTimeAndNumberOfItsSender()
    {
        using var onSomeIp = _rig.OpenOnSomeIp();
        using var reader = _rig.ReadLocations();
        await Eventually.TrueAsync(onSomeIp.HasListener<V1.Location>, "the gateway");
        var sent = new V1.Location { Source = BoundedString32.From("ecu.gnss"), SourceTimeNs = 1234567890123456789, SequenceNumber = 4711, Validity = V1.Validity.Valid, LatitudeDeg = 48.1, LongitudeDeg = 11.5 };
        Assert.True(onSomeIp.TrySend(sent));

        var came = await Eventually.OneOfAsync(reader.All, _ => true, "the position on DDS");
        Assert.Equal(
            ("ecu.gnss", sent.SourceTimeNs, 4711u, V1.Validity.Valid, 48.1, 11.5),
            (came.Source.ToString(), came.SourceTimeNs, came.SequenceNumber, came.Validity, came.LatitudeDeg, came.LongitudeDeg));
        Assert.Equal((1, 0), (_rig.Gateway.Counters.ToDds, _rig.Gateway.Counters.ToSomeIp));
    }

    [Fact]
    public void Request_ExpiredOrCarriedBefore_IsNotCarried()
    {
        var (now, gateway) = (Clock.NowNs(), _rig.Gateway);
        Assert.False(gateway.MayCarry(new TopicRequest(BoundedString36.From("late"), now - 1), "Climate"));
        Assert.True(gateway.MayCarry(new TopicRequest(BoundedString36.From("c"), now + 60_000_000_000), "Climate"));
        Assert.False(gateway.MayCarry(new TopicRequest(BoundedString36.From("c"), now + 60_000_000_000), "Climate"));
        Assert.Equal((1, 1), (gateway.Counters.Expired, gateway.Counters.Repeated));
        Assert.Equal("Climate", gateway.ServiceOf(BoundedString36.From("c")));
        for (var i = 0; i < RequestMemory.Capacity; i++)
        {
            Assert.True(gateway.MayCarry(new TopicRequest(BoundedString36.From($"n{i}"), now + 60_000_000_000), "Navigation"));
        }

        Assert.Null(gateway.ServiceOf(BoundedString36.From("c")));
    }

    [Fact]
    public void Service_ThatTheMapDoesNotHave_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => _rig.OpenSecondGateway("Climat"));
        Assert.StartsWith("The service map has no service 'Climat'; it has Driving, ", error.Message, StringComparison.Ordinal);
    }

    private static Task SendAsync(Cockpit cockpit, string id, Func<string, ValueTask<CommandWriteResult>> send) => Eventually.TrueAsync(
        () =>
        {
            var result = send(id).AsTask().Result;
            Assert.NotEqual(CommandWriteResult.Refused, result);
            return result == CommandWriteResult.Written;
        },
        id);

    private static void Answer(ICar car, string source, string command) => Assert.True(car.TrySend(new V1.CommandOutcome
    {
        Source = BoundedString32.From(source),
        SourceTimeNs = Clock.NowNs(),
        SequenceNumber = 1,
        CommandId = BoundedString36.From(command),
        Kind = V1.OutcomeKind.Completed,
    }));

    /// <summary>Cockpit on SOME/IP, so that everything of DDS comes through the gateway; some services on either.</summary>
    private sealed class MixedRig : BusRig
    {
        public MixedRig() => Gateway = OpenGateway([.. OnSomeIp, Services.Cockpit]);

        public BusGateway Gateway { get; }

        public ICar OpenOnSomeIp() => SomeIpCar(OnSomeIp);

        public ICar OpenOnDds() => DdsCar(OnDds);

        public BusGateway OpenSecondGateway(string onSomeIp) => OpenGateway(4, onSomeIp);

        public LocationReader ReadLocations() => new(Domain);

        public override ICar OpenCar(IReadOnlyCollection<string>? services = null) => SomeIpCar(services);

        public override CarProcess StartCarProcess() => SomeIpCarProcess();

        public override void Dispose()
        {
            Gateway.Dispose();
            base.Dispose();
        }

        protected override (IBusLink Link, IReadOnlyList<IAnnouncingLink> More) OpenLinks(BusWarnings warnings) => (SomeIp(warnings), []);
    }
}
