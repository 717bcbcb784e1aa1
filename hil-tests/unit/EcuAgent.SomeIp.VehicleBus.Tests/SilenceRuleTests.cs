using EcuAgent.Signals;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.SomeIp.VehicleBus.Tests;

public sealed class SilenceRuleTests
{
    private static readonly int SdPort = 35000 + (Environment.ProcessId % 2000);

    [Theory]
    [InlineData("Driving", 2, 0x8001)]
    [InlineData("Position", 8, 0x8001)]
    public void Options_GroupWithACyclicTopic_FourDeadlinesOfIt(string service, int seconds, int heard)
    {
        var options = SilenceRule.OptionsOf(1, Topics(service));

        Assert.Equal(TimeSpan.FromSeconds(seconds), options.SilenceLimit);
        Assert.Equal([(ushort)heard], options.HeardEvents);
    }

    [Theory]
    [InlineData("Climate")]
    [InlineData("CabinCamera")]
    [InlineData("Speech")]
    public void Options_GroupThatMayBeSilent_IsNeverMadeAnew(string service) => Assert.Null(SilenceRule.OptionsOf(1, Topics(service)).SilenceLimit);

    [Fact]
    public async Task Subscription_CyclicSignalStaysAway_IsMadeAnewAndTakesTheSignalWhenItComes()
    {
        using var car = Join("127.0.4.1");
        using var cockpit = Join("127.0.4.2");
        var speed = car.OpenWriter<V1.VehicleSpeed>();
        var taken = new Sink();
        cockpit.OpenReader(taken);
        car.Start();
        cockpit.Start();
        await UntilAsync(() => speed.HasPeer, "no subscriber came");

        await UntilAsync(() => cockpit.Node.Counters[SomeIpFault.EventsSilent] > 0, "the silence was not noticed");
        await UntilAsync(
            () =>
            {
                speed.TryWrite(new V1.VehicleSpeed { Source = Idl.BoundedString32.From("ecu.brake"), Validity = V1.Validity.Valid });
                return taken.Count > 0;
            },
            "nothing came after the silence");
    }

    private static SomeIpParticipant Join(string address) => new(
        new SomeIpBusOptions { LocalAddress = address, SdPort = SdPort }, TimeProvider.System, NullLoggerFactory.Instance);

    private static List<MappedTopic> Topics(string service) =>
        [.. ServiceMap.Contract.Services.Single(s => s.Name == service).Topics.Where(t => t.EventgroupId == 1)];

    private static async Task UntilAsync(Func<bool> happened, string otherwise)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; !happened(); i++)
        {
            Assert.True(i < 3000, otherwise);
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class Sink : ISampleSink<V1.VehicleSpeed>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void OnSample(in V1.VehicleSpeed sample, E2eStatus e2e) => Interlocked.Increment(ref _count);
    }
}
