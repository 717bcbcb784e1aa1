using Xunit;

namespace EcuAgent.Architecture.Tests;

/// <summary>The arrows between the rooms: idl, signals, adapters, ecu-service, tools, hil-tests.</summary>
public sealed class RoomArrowTests
{
    private const string Core = "ecu-service/EcuAgent.Core/EcuAgent.Core.csproj";
    private const string Signals = "signals/EcuAgent.Signals/EcuAgent.Signals.csproj";
    private const string E2e = "signals/EcuAgent.E2E/EcuAgent.E2E.csproj";

    /// <summary>
    /// The wire contract in the service's terms, whatever the bus. It is no outside world of its own: it knows no bus, and the adapters of
    /// DDS and SOME/IP both stand on it, so that neither has to know the other to mean the same.
    /// </summary>
    private const string Neutral = "adapters/VehicleBus/EcuAgent.VehicleBus/EcuAgent.VehicleBus.csproj";

    public static TheoryData<string> Projects => [.. Checkout.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_FollowTheArrows(string project)
    {
        foreach (var target in Checkout.References(project))
        {
            Assert.True(IsAllowed(project, target), $"{project} must not refer to {target}");
        }
    }

    [Theory]
    [InlineData(Signals)]
    [InlineData(E2e)]
    public void Signals_Packages_BaseLibraryOnly(string project) => Assert.Empty(Packages(project));

    [Fact]
    public void Binding_References_NoVehicleType() =>
        Assert.All(
            Checkout.References("adapters/CycloneDds/EcuAgent.CycloneDds/EcuAgent.CycloneDds.csproj"),
            r => Assert.StartsWith("idl/EcuAgent.Dds.TypeSupport/", r, StringComparison.Ordinal));

    [Fact]
    public void NeutralBus_References_NoAdapter() =>
        Assert.DoesNotContain(Checkout.References(Neutral), r => Room(r) is "adapters");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_UnsafeCode_OnlyInAdapters(string project)
    {
        var isUnsafe = Checkout.Load(project).Descendants("AllowUnsafeBlocks").Any(e => e.Value == "true");
        Assert.False(isUnsafe && Room(project) is not ("adapters" or "hil-tests"), $"{project} allows unsafe code outside adapters");
    }

    [Fact]
    public void TopLevel_Folders_AreTheFixedRooms()
    {
        string[] rooms = ["adapters", "ecu-service", "hil-tests", "idl", "signals", "tools"];
        var found = Directory.GetDirectories(Checkout.Root).Select(d => Path.GetFileName(d)!)
            .Where(d => !d.StartsWith('.') && d is not "artifacts").Order(StringComparer.Ordinal);
        Assert.Equal(rooms, found);
        Assert.All(rooms, r => Assert.True(File.Exists(Path.Combine(Checkout.Root, r, "README.md")), $"{r} has no README.md"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_InSolution_Once(string project)
    {
        var solution = File.ReadAllText(Path.Combine(Checkout.Root, "EcuAgent.sln")).Replace('\\', '/');
        Assert.Equal(2, solution.Split('"' + project + '"').Length);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_Packages_AreLocked(string project) =>
        Assert.True(
            File.Exists(Path.Combine(Checkout.Root, Path.GetDirectoryName(project)!, "packages.lock.json")),
            $"{project} has no packages.lock.json");

    private static IEnumerable<string> Packages(string project) =>
        Checkout.Load(project).Descendants("PackageReference").Select(e => e.Attribute("Include")!.Value);

    private static string Room(string project) => project[..project.IndexOf('/', StringComparison.Ordinal)];

    private static string Adapter(string project) => project.Split('/')[1];

    private static bool IsAllowed(string project, string target)
    {
        if (Room(target) is "hil-tests" or "tools")
        {
            return Room(project) is "hil-tests" || (Room(project) is "tools" && Room(target) is "tools");
        }

        return Room(project) switch
        {
            "idl" => Room(target) is "idl",
            "signals" => false,
            "adapters" => Room(target) is "idl" || target is Signals or E2e or Core or Neutral
                || (Room(target) is "adapters" && Adapter(target) == Adapter(project)),
            "ecu-service" => project == Core ? target == Signals : Room(target) is not ("tools" or "hil-tests"),
            "tools" or "hil-tests" => true,
            _ => false,
        };
    }
}
