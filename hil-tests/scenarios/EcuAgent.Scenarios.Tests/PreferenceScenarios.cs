using EcuAgent.Commerce.Journal;
using EcuAgent.Idl;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>What holds for every purchase without being said: settings of the whole service, and merchants over HTTP.</summary>
public sealed class PreferenceScenarios
{
    [Fact]
    public async Task StandingDietAndBudget_ChangeWhatIsProposedAndReadBackAndStandInTheReasons()
    {
        await using var rig = await CommerceRig.StartAsync(settings:
        [
            "--EcuAgent:Agent:Preferences:Diets:0", "vegan",
            "--EcuAgent:Agent:Preferences:Budgets:FoodPerPerson:EUR", "1100",
            "--EcuAgent:Vehicle:CabinCameraMaxAge", "00:10:00",
        ]);
        await rig.Bus.ParkAsync();

        // A camera that leaves takes its word with it.
        using var camera = await SeatTwoAsync(rig.Bus);

        // Without preferences this is a Pizza Margherita for 10.50 EUR, see CommerceScenarios.
        var refused = await rig.Bus.AskAsync("order a pizza margherita");
        Assert.StartsWith("I found nothing within your budget of 11.00 EUR a person", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Pizza Verdure from Trattoria Bellavista for 11.90 EUR", refused.Text, StringComparison.Ordinal);
        Assert.Empty(refused.QuestionId);
        await rig.Bus.NextAsync<V1.Decision>(d => d.Reason.ToString() == "over_budget", refused.Mark);

        var named = await rig.Bus.AskAsync("order a pizza verdure from Trattoria Bellavista");
        Assert.Contains(": vegan Pizza Verdure from Trattoria Bellavista for ", named.Text, StringComparison.Ordinal);
        Assert.Contains(" EUR, above your budget of 11.00 EUR a person", named.Text, StringComparison.Ordinal);
        Assert.Contains(", one for the 2 people in the car, shall I go on?", named.Text, StringComparison.Ordinal);

        rig.Bus.Occupant.Answer(named.QuestionId, yes: true);
        await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Placed, named.Mark);
        using var journal = JournalReader.Open(rig.Journal)!;
        var why = journal.Latest(1)[0].Why;
        Assert.Contains("diet_vegan=preference", why);
        Assert.Contains("over_budget_minor=1100 EUR", why);
    }

    private static async Task<IDisposable> SeatTwoAsync(TestBus bus)
    {
        var camera = bus.Participant.OpenWriter<V1.CabinCameraEvent>();
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await camera.WaitForMatchAsync(1, watchdog.Token);
        var seats = default(V1.SeatOccupancyArray5);
        V1.CabinZone[] zones = [V1.CabinZone.Driver, V1.CabinZone.Passenger, V1.CabinZone.RearLeft, V1.CabinZone.RearRight];
        for (var i = 0; i < zones.Length; i++)
        {
            seats[i] = new V1.SeatOccupancy { Zone = zones[i], Occupied = i < 2, Belted = i < 2 };
        }

        camera.Write(new V1.CabinCameraEvent
        {
            Source = BoundedString32.From("camera"),
            SourceTimeNs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100,
            SequenceNumber = 1,
            Validity = V1.Validity.Valid,
            DrowsinessKss = 1,
            AttentionProbability = 1,
            Confidence = 0.9,
            SeatCount = (byte)zones.Length,
            Seats = seats,
        });
        return camera;
    }
}
