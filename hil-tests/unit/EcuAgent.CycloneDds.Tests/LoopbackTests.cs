using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class LoopbackTests
{
    [Fact]
    public async Task Participant_DefaultOptions_NoSocketReachesOrHearsAnotherInterface()
    {
        // In a process of its own, because sockets belong to the process and other tests run beside this one.
        var options = Domains.NextOptions();
        var (code, output, _) = await ChildProgram.RunAsync("EcuAgent.CycloneDds.Peer.dll", [options.DomainId.ToString(), "sockets", Samples.Topic]);
        Assert.Equal(0, code);
        var sockets = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var firstPort = 7400 + (250 * options.DomainId) + 10;
        Assert.Contains($"0.0.0.0:{firstPort} tied to lo", sockets);
        Assert.Contains($"0.0.0.0:{firstPort + 1} tied to lo", sockets);
        Assert.Contains(sockets, socket => socket.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        Assert.All(sockets, socket => Assert.True(
            socket.StartsWith("127.0.0.1:", StringComparison.Ordinal) || socket.EndsWith(" tied to lo", StringComparison.Ordinal), socket));
    }

    [Fact]
    public void Environment_CycloneUri_IsNotRead()
    {
        Environment.SetEnvironmentVariable("CYCLONEDDS_URI", "<CycloneDDS><Nonsense/></CycloneDDS>");
        try
        {
            using var participant = Domains.NextParticipant();
        }
        finally
        {
            Environment.SetEnvironmentVariable("CYCLONEDDS_URI", null);
        }
    }

    [Fact]
    public void Xml_Options_AreEscapedAndComplete()
    {
        var xml = new DdsParticipantOptions { DomainId = 3, NetworkInterface = "a\"b", Peers = ["10.0.0.1", "10.0.0.2"], MaxParticipantIndex = 7 }.ToXml();
        Assert.Contains("<Domain Id=\"3\">", xml);
        Assert.Contains("name=\"a&quot;b\" multicast=\"false\"", xml);
        Assert.Contains("<AllowMulticast>false</AllowMulticast>", xml);
        Assert.Contains("<Peer Address=\"10.0.0.1\"/><Peer Address=\"10.0.0.2\"/>", xml);
        Assert.Contains("<MaxAutoParticipantIndex>7</MaxAutoParticipantIndex>", xml);
        Assert.DoesNotContain("LeaseDuration", xml);
        Assert.Contains("<LeaseDuration>625ms</LeaseDuration></Discovery>", new DdsParticipantOptions { Lease = TimeSpan.FromMilliseconds(625) }.ToXml());
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedByName()
    {
        Assert.Equal("DomainId", Assert.Throws<ArgumentOutOfRangeException>(() => DdsParticipant.Create(new() { DomainId = 231 })).ParamName);
        Assert.Equal("MaxParticipantIndex", Assert.Throws<ArgumentOutOfRangeException>(() => DdsParticipant.Create(new() { MaxParticipantIndex = 121 })).ParamName);
        Assert.Equal("Lease", Assert.Throws<ArgumentOutOfRangeException>(() => DdsParticipant.Create(new() { Lease = TimeSpan.FromMilliseconds(9) })).ParamName);
        Assert.Equal("NetworkInterface", Assert.Throws<ArgumentException>(() => DdsParticipant.Create(new() { NetworkInterface = " " })).ParamName);
    }

    [Fact]
    public void Interface_Unknown_ThrowsNamingIt()
    {
        var exception = Assert.Throws<DdsException>(() => DdsParticipant.Create(Domains.NextOptions() with { NetworkInterface = "nope0" }));
        Assert.Equal("dds_create_domain", exception.Operation);
        Assert.Contains("interface nope0 (", exception.Message);
    }

    [Fact]
    public void Domain_InUseWithOtherOptions_IsRefused()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        Assert.Contains($"Domain {options.DomainId}", Assert.Throws<InvalidOperationException>(() => DdsParticipant.Create(options with { MaxParticipantIndex = 4 })).Message);
    }
}
