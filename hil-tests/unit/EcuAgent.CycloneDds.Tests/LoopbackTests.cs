using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

[Collection("process-wide counters")]
public sealed unsafe partial class LoopbackTests
{
    [Fact]
    public void Participant_DefaultOptions_NoSocketReachesOrHearsAnotherInterface()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var writer = participant.CreateWriter(topic);
        var sockets = OwnUdpSockets().ToList();
        var firstPort = 7400 + (250 * (int)options.DomainId);
        Assert.Contains(sockets, socket => socket.Port >= firstPort && socket.Port < firstPort + 250);
        Assert.Contains(sockets, socket => socket.Address == "127.0.0.1");
        Assert.All(sockets, socket => Assert.True(
            socket.Address == "127.0.0.1" || socket.Device == "lo", $"{socket.Address}:{socket.Port} is tied to '{socket.Device}'"));
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
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedByName()
    {
        Assert.Equal("DomainId", Assert.Throws<ArgumentOutOfRangeException>(() => DdsParticipant.Create(new() { DomainId = 231 })).ParamName);
        Assert.Equal("MaxParticipantIndex", Assert.Throws<ArgumentOutOfRangeException>(() => DdsParticipant.Create(new() { MaxParticipantIndex = 121 })).ParamName);
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

    private static IEnumerable<(string Address, int Port, string Device)> OwnUdpSockets()
    {
        var inodes = new Dictionary<string, int>();
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (new FileInfo(entry).LinkTarget is { } target && target.StartsWith("socket:[", StringComparison.Ordinal))
            {
                inodes[target[8..^1]] = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            }
        }

        foreach (var line in File.ReadLines("/proc/self/net/udp").Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (inodes.TryGetValue(columns[9], out var fd))
            {
                var address = uint.Parse(columns[1].AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var port = int.Parse(columns[1].AsSpan(9), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                yield return (new System.Net.IPAddress(address).ToString(), port, DeviceOf(fd));
            }
        }
    }

    private static string DeviceOf(int fd)
    {
        Span<byte> name = stackalloc byte[16];
        uint length = 16;
        fixed (byte* first = name)
        {
            Assert.Equal(0, getsockopt(fd, 1, 25, first, &length));
        }

        return Encoding.ASCII.GetString(name[..(int)length]).TrimEnd('\0');
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int fd, int level, int name, byte* value, uint* length);
}
