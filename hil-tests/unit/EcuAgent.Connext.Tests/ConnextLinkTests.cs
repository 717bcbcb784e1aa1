using System.Diagnostics;
using System.Net;
using EcuAgent.Connext;
using EcuAgent.Interop.Tests.Samples;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;
using Rti.Dds.Domain;
using Rti.Types.Dynamic;

namespace EcuAgent.Connext.Tests;

/// <summary>
/// The adapter against declarations of the part of RTI's API that it uses (Declared/), with domains within this process: what it makes of types, samples and
/// events. That RTI's library behaves so is not shown here.
/// </summary>
public sealed class ConnextLinkTests : IDisposable
{
    private static int s_domain;

    private readonly int _domain = Interlocked.Increment(ref s_domain);
    private readonly BusWarnings _warnings = new();
    private readonly ConnextLink _service;
    private readonly ConnextLink _car;

    public ConnextLinkTests()
    {
        _service = new ConnextLink(new ConnextOptions { DomainId = _domain }, NullLogger.Instance, _warnings);
        _car = new ConnextLink(new ConnextOptions { DomainId = _domain }, NullLogger.Instance, new BusWarnings());
    }

    public void Dispose()
    {
        _car.Dispose();
        _service.Dispose();
    }

    [Theory]
    [InlineData(nameof(SampleKind.Empty))]
    [InlineData(nameof(SampleKind.Distinct))]
    [InlineData(nameof(SampleKind.Extreme))]
    public void Sample_OfEveryTopic_ArrivesAsItWasWritten(string kind)
    {
        Exchange<V1.VehicleSpeed>(kind);
        Exchange<V1.Gear>(kind);
        Exchange<V1.ParkingBrake>(kind);
        Exchange<V1.PowerMode>(kind);
        Exchange<V1.Location>(kind);
        Exchange<V1.Energy>(kind);
        Exchange<V1.CabinCameraEvent>(kind);
        Exchange<V1.ClimateState>(kind);
        Exchange<V1.NavigationState>(kind);
        Exchange<V1.Utterance>(kind);
        Exchange<V1.Confirmation>(kind);
        Exchange<V1.PlaceResults>(kind);
        Exchange<V1.CommandOutcome>(kind);
        Exchange<V1.HvacCommand>(kind);
        Exchange<V1.NavigationCommand>(kind);
        Exchange<V1.PlaceQuery>(kind);
        Exchange<V1.AssistantReply>(kind);
        Exchange<V1.GateStatus>(kind);
        Exchange<V1.AgentHealth>(kind);
        Exchange<V1.Decision>(kind);
        Exchange<V1.OrderStatus>(kind);
        Exchange<V1.ParcelStatus>(kind);
    }

    [Fact]
    public void Writer_NobodyReads_HasNoPeer()
    {
        var writer = _service.OpenWriter<V1.HvacCommand>();
        Assert.False(writer.HasPeer);

        _car.OpenReader(new Taken<V1.HvacCommand>(static (in V1.HvacCommand s) => ref s.Source));

        Assert.True(writer.HasPeer);
    }

    [Fact]
    public void Reader_SourceReleased_IsToldWithItsName()
    {
        var taken = new Taken<V1.Gear>(static (in V1.Gear s) => ref s.Source);
        _service.OpenReader(taken);
        var writer = _car.OpenWriter<V1.Gear>();
        var gear = new V1.Gear { Source = Idl.BoundedString32.From("ecu.gear"), Position = V1.GearPosition.Drive };
        Assert.True(writer.TryWrite(gear));
        writer.Release(gear);

        Assert.True(_service.WaitAndTake(TimeSpan.Zero));

        Assert.Equal("ecu.gear", Assert.Single(taken.Gone).Source.ToString());
    }

    [Fact]
    public void Writer_QueueFull_IsNotWrittenAndThrowsNothing()
    {
        var writer = _service.OpenWriter<V1.Decision>();
        DomainParticipantFactory.Instance.Participants.SelectMany(p => p.OfDomain).SelectMany(p => p.Writers)
            .Where(w => w.Qos.Xml.Parent!.Attribute("name")!.Value == "Decision").ToList().ForEach(w => w.IsFull = true);

        Assert.False(writer.TryWrite(default));
    }

    [Fact]
    public void Reader_EnumeratorOutOfRange_IsRefusedCountedAndWarned()
    {
        var taken = new Taken<V1.Gear>(static (in V1.Gear s) => ref s.Source);
        _service.OpenReader(taken);
        var type = new Rti.Dds.Core.QosProvider(ContractFile()).GetType("ecu::v1::Gear");
        var data = new DynamicData(type);
        data.SetAnyValue("position", 77);
        var participant = DomainParticipantFactory.Instance.CreateParticipant(_domain, new Rti.Dds.Core.QosProvider(ContractFile()).GetDomainParticipantQos("EcuQos::Loopback"));
        participant.CreatePublisher().CreateDataWriter(participant.CreateTopic("Gear", type), new Rti.Dds.Core.QosProvider(ContractFile()).GetDataWriterQos("EcuQos::Gear")).Write(data);

        _service.WaitAndTake(TimeSpan.Zero);
        participant.Dispose();

        Assert.Empty(taken.Samples);
        Assert.Equal(1, _service.SamplesRejected);
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.Malformed, "Gear", "")));
    }

    [Fact]
    public void Status_EventsOfAReader_AreWarningsAndLossesAreCounted()
    {
        _service.OpenReader(new Taken<V1.VehicleSpeed>(static (in V1.VehicleSpeed s) => ref s.Source));
        Own().Readers.Single().TellAll();

        Assert.All(
            [BusWarningKind.DeadlineMissed, BusWarningKind.IncompatibleQos, BusWarningKind.SampleLost, BusWarningKind.SampleRejected],
            kind => Assert.Equal(1, _warnings.Count(new BusWarning(kind, "VehicleSpeed", ""))));
        Assert.Equal(3, _service.SamplesLost);
    }

    [Fact]
    public void Reader_DepthOfItsOwn_IsAskedFor()
    {
        _service.OpenReader(new Taken<V1.AgentHealth>(static (in V1.AgentHealth s) => ref s.Source, depth: 16));

        Assert.Equal(16, Own().Readers.Single().Qos.HistoryDepth);
    }

    [Fact]
    public void Wait_Woken_EndsBeforeItsTime()
    {
        _service.Wake();
        var watch = Stopwatch.StartNew();

        Assert.True(_service.WaitAndTake(TimeSpan.FromMinutes(1)));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Wait_Disposed_SaysSo()
    {
        _service.Dispose();

        Assert.False(_service.WaitAndTake(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Options_VehicleAddressAndPeers_StandInTheParticipantAndLoopbackDoesNot()
    {
        using var link = new ConnextLink(
            new ConnextOptions { DomainId = _domain, Address = IPAddress.Parse("127.0.7.1"), Peers = [IPAddress.Parse("127.0.7.2")] }, NullLogger.Instance, _warnings);

        var qos = DomainParticipantFactory.Instance.Participants[^1].Qos.Xml;
        Assert.Equal(["31@builtin.udpv4://127.0.7.2"], qos.Descendants("initial_peers").Single().Elements().Select(e => e.Value));
        Assert.DoesNotContain("127.0.0.1", qos.ToString(), StringComparison.Ordinal);
        Assert.Contains("127.0.7.1", qos.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_DomainOutOfRange_IsRefusedWithItsValue()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ConnextLink(new ConnextOptions { DomainId = 231 }, NullLogger.Instance, _warnings));

        Assert.Equal(231, error.ActualValue);
    }

    [Fact]
    public void Xml_OfTheAdapter_IsWhatTheContractGives()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var generator = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet",
                [
                    Scenarios.Tests.Rig.Checkout.IdlGen, "--in", Path.Combine(Scenarios.Tests.Rig.Checkout.Root, "idl/ecu_v1.idl"), "--xml", file,
                    "--topics", Path.Combine(Scenarios.Tests.Rig.Checkout.Root, "idl/topics.json"),
                ]))!;
            generator.WaitForExit();

            Assert.Equal(0, generator.ExitCode);
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(ContractFile()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string ContractFile() => Path.Combine(Scenarios.Tests.Rig.Checkout.Root, "adapters/Connext/EcuAgent.Connext/ecu_v1.xml");

    private static DomainParticipant Own() => DomainParticipantFactory.Instance.Participants.Where(p => p.Readers.Count > 0).Last();

    private void Exchange<T>(string kind)
        where T : unmanaged, Dds.TypeSupport.IDdsType<T>, SomeIp.TypeSupport.ISomeIpType<T>
    {
        var sent = SampleMaker.Make<T>(Enum.Parse<SampleKind>(kind));
        var taken = new Taken<T>(null!);
        _service.OpenReader(taken);
        Assert.True(_car.OpenWriter<T>().TryWrite(sent));

        Assert.True(_service.WaitAndTake(TimeSpan.Zero));

        Assert.Equal(Bytes(sent), Bytes(Assert.Single(taken.Samples)));
    }

    private static string Bytes<T>(T sample)
        where T : unmanaged, SomeIp.TypeSupport.ISomeIpType<T>
    {
        var payload = new byte[T.MaxSomeIpBytes];
        Assert.True(SomeIp.TypeSupport.SomeIpPayload.TryWrite(sample, payload, out var written, out _));
        return Convert.ToHexString(payload.AsSpan(0, written));
    }

    private sealed class Taken<T>(SourceOf<T> sourceOf, int? depth = null) : IncomingTopic<T>(sourceOf, depth)
        where T : unmanaged
    {
        public List<T> Samples { get; } = [];

        public List<T> Gone { get; } = [];

        public override void Take(in T sample, E2eStatus e2e) => Samples.Add(sample);

        public override void SourceGone(in T key) => Gone.Add(key);
    }
}
