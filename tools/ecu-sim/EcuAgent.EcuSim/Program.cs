using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using EcuAgent.CycloneDds;
using EcuAgent.EcuSim;
using EcuAgent.ToolBus;

var domain = new Option<int>("--domain") { Description = "DDS domain, 0 to 230.", DefaultValueFactory = _ => 0 };
var network = new Option<string>("--interface") { Description = "Network interface.", DefaultValueFactory = _ => "lo" };
var peers = new Option<string[]>("--peer") { Description = "Address where peers are looked for; may be given again. Default: this machine on lo." };
var only = new Option<string>("--only") { Description = "Run one unit alone: navigation or hvac." };
only.AcceptOnlyFromAmong("navigation", "hvac");
var standby = new Option<bool>("--standby") { Description = "The service of the domain is a hot-standby pair: commands are owned exclusively." };
var origin = new Option<string>("--origin")
{
    Description = "Where the origin of the invented map lies, LATITUDE,LONGITUDE in degrees.",
    DefaultValueFactory = _ => "48.1374,11.5755",
};
var placesFile = new Option<string>("--places")
{
    Description = "Place catalogue.",
    DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "places.json"),
};

var root = new RootCommand("""
    Navigation and HVAC ECUs on DDS, as a process of their own. Prints a line per command and query; ends with Ctrl+C.
    Exit codes: 0 ended as asked, 2 wrong input, 5 no DDS library or the domain cannot be joined.
    """)
{
    domain, network, peers, only, standby, origin, placesFile,
};
root.SetAction(parsed =>
{
    try
    {
        return Run(
            parsed.GetValue(domain), parsed.GetValue(network)!, parsed.GetValue(peers) ?? [], parsed.GetValue(only), parsed.GetValue(standby), parsed.GetValue(origin)!, parsed.GetValue(placesFile)!);
    }
    catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException)
    {
        Console.Error.WriteLine($"ecu-sim: {error.Message}");
        return 2;
    }
    catch (Exception error) when (error is DdsException or DdsLibraryException)
    {
        Console.Error.WriteLine($"ecu-sim: {error.Message}");
        return 5;
    }
});
var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors)
    {
        Console.Error.WriteLine($"ecu-sim: {error.Message}");
    }

    return 2;
}

return result.Invoke();

static int Run(int domainId, string networkInterface, string[] peers, string? unit, bool isPair, string originText, string placesPath)
{
    var places = PlaceCatalogue.Load(placesPath);
    using var stop = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var bus = ToolParticipant.Join(
        domainId, networkInterface, "ecu-sim", warned: warning => Console.Error.WriteLine($"ecu-sim: {warning.Code}"), isPair: isPair, peers: peers);
    using var simulation = new Simulation(
        bus,
        unit is "hvac" ? null : new NavigationEcu(places, ParseOrigin(originText)),
        unit is "navigation" ? null : new HvacEcu(),
        TimeProvider.System,
        Console.Out);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready: domain {domainId}, {places.Count} places"));
    simulation.Run(stop.Token);
    return 0;

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

static GeoPoint ParseOrigin(string text)
{
    var parts = text.Split(',');
    return parts.Length == 2
        && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
        && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
        && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
        ? new GeoPoint(latitude, longitude)
        : throw new ArgumentException($"--origin '{text}' is not LATITUDE,LONGITUDE in degrees");
}
