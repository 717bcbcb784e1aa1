using System.Net;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// Two hosts and the wire between them: the car is the namespace of this process, the cockpit another one that lives as long as this. Both sides have
/// one interface with one address.
/// </summary>
internal sealed class HostLink : IAsyncDisposable
{
    private static int s_count;

    private readonly ChildProcess _cockpit;
    private readonly TapDevice _carEnd;
    private readonly TapDevice _cockpitEnd;

    private HostLink(ChildProcess cockpit, int number)
    {
        _cockpit = cockpit;
        CarAddress = new IPAddress([10, 66, (byte)number, 1]);
        CockpitAddress = new IPAddress([10, 66, (byte)number, 2]);
        _carEnd = new TapDevice($"car{number}");
        _cockpitEnd = new TapDevice($"cockpit{number}");
        TestNamespace.Run("ip", "link", "set", CockpitInterface, "netns", $"{cockpit.Id}");
        TestNamespace.Run("ip", "address", "add", $"{CarAddress}/24", "dev", CarInterface);
        TestNamespace.Run("ip", "link", "set", CarInterface, "up");
        TestNamespace.Run("nsenter", [.. Inside, "ip", "address", "add", $"{CockpitAddress}/24", "dev", CockpitInterface]);
        TestNamespace.Run("nsenter", [.. Inside, "ip", "link", "set", CockpitInterface, "up"]);
        ToCockpit = new WireDirection(_carEnd, _cockpitEnd, seed: 1);
        ToCar = new WireDirection(_cockpitEnd, _carEnd, seed: 2);
    }

    public IPAddress CarAddress { get; }

    public IPAddress CockpitAddress { get; }

    public string CarInterface => _carEnd.Name;

    public string CockpitInterface => _cockpitEnd.Name;

    public WireDirection ToCockpit { get; }

    public WireDirection ToCar { get; }

    /// <summary>Both directions at once.</summary>
    public WireFaults Faults
    {
        set => (ToCockpit.Faults, ToCar.Faults) = (value, value);
    }

    private string[] Inside => [$"--net=/proc/{_cockpit.Id}/ns/net", "--"];

    public static async Task<HostLink> StartAsync()
    {
        var cockpit = ChildProcess.Start("unshare", null, "-n", "--", "sh", "-c", "ip link set lo up && echo up && exec cat");
        try
        {
            await cockpit.LineAsync("up");
            return new HostLink(cockpit, ++s_count);
        }
        catch
        {
            await cockpit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a .NET program on the cockpit's host.</summary>
    public ChildProcess StartOnCockpit(string assembly, params string[] arguments) =>
        ChildProcess.Start("nsenter", null, [.. Inside, ChildProcess.DotnetHost, assembly, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        ToCockpit.Dispose();
        ToCar.Dispose();
        _carEnd.Dispose();
        _cockpitEnd.Dispose();
        await _cockpit.DisposeAsync();
    }
}
