using System.Globalization;

namespace EcuAgent.Interop.Tests;

/// <summary>The real service, with a car whose every ECU runs on the other stack.</summary>
public abstract class ServiceTests
{
    private static readonly TimeSpan SignalPeriod = TimeSpan.FromMilliseconds(200);

    private protected abstract PeerStack Stack { get; }

    [Fact]
    public async Task ForeignCar_SignalsHeard_CommandsTaken_KilledServiceMissed()
    {
        var domain = Domains.Next();
        await using var peer = await Peer.StartAsync(Stack, domain);
        var model = ModelPackage.Require();
        using var folder = new TemporaryFolder();
        await using var service = await ServiceProcess.StartReadyAsync(domain, model, folder.File("audit"));
        foreach (var topic in (string[])["VehicleSpeed", "Gear", "ParkingBrake", "PowerMode", "Utterance", "CommandOutcome", "ClimateState", "PlaceResults"])
        {
            await peer.MatchedAsync("writer", topic, 1, await peer.OpenWriterAsync(topic));
        }

        var mark = peer.Mark;
        foreach (var topic in (string[])["GateStatus", "AssistantReply", "HvacCommand", "NavigationCommand", "PlaceQuery"])
        {
            await peer.MatchedAsync("reader", topic, 1, await peer.OpenReaderAsync(topic));
        }

        using var parked = new CancellationTokenSource();
        var driving = DriveAsync(peer, parked.Token);
        await peer.SampleAsync("GateStatus", s => (int?)s["driving_state"] == (int)V1.DrivingState.Parked, mark);

        await peer.SayAsync(1, "set the temperature to 22 degrees");
        var hvac = await peer.SampleAsync("HvacCommand", s => (string?)s["utterance_id"] == "u-1", mark);
        Assert.Equal((int)V1.HvacAction.SetTemperature, (int?)hvac["action"]);
        Assert.Equal(22, (double?)hvac["temperature_celsius"]);
        await ApplyAsync(peer, hvac);
        await CompleteAsync(peer, hvac);
        var reply = await peer.SampleAsync("AssistantReply", s => (string?)s["utterance_id"] == "u-1", mark);
        Assert.Contains("22", (string?)reply["text"], StringComparison.Ordinal);

        await peer.SayAsync(2, "take me home");
        await AnswerAsync(peer, await peer.SampleAsync("PlaceQuery", _ => true, mark));
        var route = await peer.SampleAsync("NavigationCommand", s => (string?)s["utterance_id"] == "u-2", mark);
        Assert.Equal((int)V1.NavigationAction.SetDestination, (int?)route["action"]);
        Assert.Equal("Zuhause in Köln", (string?)route["destination_name"]);
        await CompleteAsync(peer, route);

        var before = peer.Mark;
        await service.KillAsync();
        await peer.MatchedAsync("reader", "GateStatus", 0, before);
        await parked.CancelAsync();
        await driving;
        await peer.LeaveAsync();
    }

    private static async Task DriveAsync(Peer peer, CancellationToken end)
    {
        using var timer = new PeriodicTimer(SignalPeriod);
        try
        {
            for (var number = 1; await timer.WaitForNextTickAsync(end); number++)
            {
                await peer.WriteAsync("VehicleSpeed", Signal("ecu.brake", number, "speed_mps", 0.0));
                await peer.WriteAsync("Gear", Signal("ecu.gear", number, "position", (int)V1.GearPosition.Park));
                await peer.WriteAsync("ParkingBrake", Signal("ecu.brake", number, "engaged", true));
                await peer.WriteAsync("PowerMode", Signal("ecu.body", number, "mode", (int)V1.PowerModeKind.On));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static Task<int> ApplyAsync(Peer peer, JsonObject command) => peer.WriteAsync("ClimateState", new JsonObject
    {
        ["source"] = "ecu.body",
        ["source_time_ns"] = Now(),
        ["sequence_number"] = 1,
        ["validity"] = (int)V1.Validity.Valid,
        ["last_command_id"] = (string?)command["command_id"],
        ["climate_on"] = true,
        ["target_temperature_celsius"] = new JsonArray(22.0, 22.0, 22.0, 22.0),
    });

    private static Task<int> AnswerAsync(Peer peer, JsonObject query) => peer.WriteAsync("PlaceResults", new JsonObject
    {
        ["source"] = "ecu.nav",
        ["source_time_ns"] = Now(),
        ["sequence_number"] = 1,
        ["request_id"] = (string?)query["request_id"],
        ["status"] = (int)V1.PlaceStatus.Found,
        ["place_count"] = 1,
        ["places"] = new JsonArray(new JsonObject
        {
            ["place_id"] = "home",
            ["name"] = "Zuhause in Köln",
            ["category"] = (int)V1.PlaceCategory.Home,
            ["latitude_deg"] = 50.9,
            ["longitude_deg"] = 6.9,
            ["distance_m"] = 1200.0,
        }),
    });

    private static Task<int> CompleteAsync(Peer peer, JsonObject command) => peer.WriteAsync("CommandOutcome", new JsonObject
    {
        ["source"] = "ecu.body",
        ["source_time_ns"] = Now(),
        ["sequence_number"] = (int)command["sequence_number"]!,
        ["command_id"] = (string?)command["command_id"],
        ["kind"] = (int)V1.OutcomeKind.Completed,
        ["reason"] = "ok",
        ["has_applied_value"] = command.ContainsKey("temperature_celsius"),
        ["applied_value"] = (double?)command["temperature_celsius"] ?? 0,
    });

    private static JsonObject Signal(string source, int number, string field, JsonNode value) => new()
    {
        ["source"] = source,
        ["source_time_ns"] = Now(),
        ["sequence_number"] = number,
        ["validity"] = (int)V1.Validity.Valid,
        [field] = value,
    };

    private static long Now() => Units.ToUnixNanoseconds(TimeProvider.System.GetUtcNow());
}
