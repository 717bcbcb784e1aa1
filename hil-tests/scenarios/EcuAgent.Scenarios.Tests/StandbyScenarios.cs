using System.Globalization;
using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Two services of a hot-standby pair, the real ECUs, and the one that leads dies in mid-drive.</summary>
public sealed class StandbyScenarios(ITestOutputHelper output)
{
    /// <summary>Measured and printed; what fails the test is only what a lease could never explain, on a machine that does other things as well.</summary>
    private static readonly TimeSpan TakenOverAtLast = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan BetweenUtterances = TimeSpan.FromMilliseconds(100);

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("ECUAGENT_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, 50) : 3;

    [Fact]
    public async Task Leader_KilledAgainAndAgainWhileSomebodySpeaks_FollowerCommandsAndNothingIsDoneTwice()
    {
        await using var rig = await StandbyRig.StartAsync(ModelPackage.Require());
        var random = new Random(20261127);
        var said = new List<string>();
        var took = new List<double>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var mark = rig.Bus.Mark;
            using var speaking = new CancellationTokenSource();
            var speech = SpeakAsync(rig, said, speaking.Token);
            await rig.Bus.NextEventAsync<V1.CommandOutcome>(_ => true, mark);
            await SaidAsync(rig, mark, random.Next(2, 12));

            var isPrimary = Leads(rig) == 200;
            var dead = rig.Bus.Mark;
            var at = TimeProvider.System.GetUtcNow();
            await (isPrimary ? rig.Primary : rig.Backup).KillAsync();

            var follower = await rig.SaysAsync($"standby:leading:{(isPrimary ? 100 : 200)}", dead);
            var outcome = await FirstCarriedOutAsync(rig, follower.Sample.SourceTimeNs, dead);
            took.Add((outcome.ReceivedAt - at).TotalMilliseconds);
            Assert.InRange(outcome.ReceivedAt - at, TimeSpan.Zero, TakenOverAtLast);

            await SaidAsync(rig, dead, 12);
            await speaking.CancelAsync();
            await speech;
            await (isPrimary ? rig.RestartPrimaryAsync() : rig.RestartBackupAsync());
            await rig.SaysAsync($"standby:following:{(isPrimary ? 200 : 100)}", dead);
        }

        // Nobody is left without an answer, and the ECU did each thing once at most.
        foreach (var id in said)
        {
            await rig.Bus.NextAsync<V1.AssistantReply>(r => r.UtteranceId.ToString() == id);
        }

        rig.RequireNothingTwice();

        // A reply may reach the bus and not the follower in the instant of the kill; more often than that is two voices.
        var replies = rig.Bus.Since<V1.AssistantReply>(0).GroupBy(r => r.UtteranceId.ToString()).Count(g => g.Count() > 1);
        Assert.InRange(replies, 0, Kills);
        var done = rig.CarriedOut().Intersect(said).Count();
        took.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{took.Count} kills; from kill to the first outcome of the follower {took[0]:0}, {took[took.Count / 2]:0}, {took[^1]:0} ms (least, median, most) with a lease of 1000 ms; {said.Count} utterances, {done} carried out"));
        Assert.InRange(done, said.Count / 2, said.Count);
    }

    [Fact]
    public async Task Leader_IsStopped_HandsOverAtOnceAndTakesBackWhenItIsBackAndAllIsQuiet()
    {
        // So long a lease that it cannot be what ended the wait.
        await using var rig = await StandbyRig.StartAsync(
            ModelPackage.Require(), "--EcuAgent:Standby:Lease", "00:00:05", "--EcuAgent:Agent:CommandExpiry", "00:00:10", "--EcuAgent:Standby:TakeBackAfter", "00:00:01");
        var first = await rig.Bus.AskAsync("set the temperature to 20 degrees");
        var mark = rig.Bus.Mark;

        rig.Primary.Terminate();
        var stopping = await rig.Bus.NextEventAsync<V1.AgentHealth>(h => h.State == V1.HealthState.Stopping, mark);
        var leading = await rig.SaysAsync("standby:leading:100", mark);
        Assert.Equal(0, await rig.Primary.ExitAsync());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"handed over in {(leading.ReceivedAt - stopping.ReceivedAt).TotalMilliseconds:0} ms"));
        Assert.InRange(leading.ReceivedAt - stopping.ReceivedAt, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));

        var second = await rig.Bus.AskAsync("set the temperature to 21 degrees");
        Assert.Contains("21", second.Text, StringComparison.Ordinal);
        Assert.Equal(V1.DrivingState.Moving, (await rig.Bus.StateAsync(V1.DrivingState.Moving)).Sample.DrivingState);

        var restarted = rig.Bus.Mark;
        await rig.RestartPrimaryAsync();
        await rig.SaysAsync("standby:following:200", restarted);
        await rig.SaysAsync("standby:leading:200", restarted);
        await rig.SaysAsync("standby:following:100", restarted);
        var third = await rig.Bus.AskAsync("set the temperature to 22 degrees");
        Assert.Contains("22", third.Text, StringComparison.Ordinal);
        Assert.Equal([first.UtteranceId, second.UtteranceId, third.UtteranceId], rig.CarriedOut());
    }

    [Fact]
    public async Task Leader_FrozenAndThawed_FollowsTheOneThatTookOver()
    {
        await using var rig = await StandbyRig.StartAsync(ModelPackage.Require());
        var mark = rig.Bus.Mark;
        rig.Primary.Freeze();
        await rig.SaysAsync("standby:leading:100", mark);
        var turn = await rig.Bus.AskAsync("set the temperature to 21 degrees");

        var thawed = rig.Bus.Mark;
        var thawedAtNs = Units.ToUnixNanoseconds(TimeProvider.System.GetUtcNow());
        rig.Primary.Thaw();
        await rig.SaysAsync("standby:following:200", thawed);
        var next = await rig.Bus.AskAsync("set the temperature to 23 degrees");

        // The outcome may be here before the ECU's own words are.
        await rig.Simulator.LineAsync($" for {next.UtteranceId}: ");
        Assert.Equal([turn.UtteranceId, next.UtteranceId], rig.CarriedOut());

        // Its last word from before may come once more: the bus had lost it and finds it again.
        Assert.DoesNotContain(
            rig.Bus.Since<V1.AgentHealth>(thawed),
            h => h.SourceTimeNs >= thawedAtNs && h.DegradedReasons.ToString().Contains("leading:200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reader_WithoutExclusiveOwnership_IsToldByNameInTheHealth()
    {
        await using var rig = await StandbyRig.StartAsync(ModelPackage.None);
        await using var stranger = new TestBus(rig.Domain);

        var health = await rig.Bus.NextAsync<V1.AgentHealth>(h => h.DegradedReasons.ToString().Contains("incompatible_qos:HvacCommand:OWNERSHIP", StringComparison.Ordinal));

        Assert.Equal(V1.HealthState.Degraded, health.State);
    }

    // On a busy machine a command may reach the ECU after its expiry: that is refused, and said.
    private static async Task<BusSample<V1.CommandOutcome>> FirstCarriedOutAsync(StandbyRig rig, long leadsSinceNs, int mark)
    {
        var late = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var command = await rig.Bus.NextAsync<V1.HvacCommand>(c => c.IssuedTimeNs >= leadsSinceNs && !late.Contains(c.CommandId.ToString()), mark);
            var id = command.CommandId.ToString();
            var outcome = await rig.Bus.NextEventAsync<V1.CommandOutcome>(o => o.CommandId.ToString() == id, mark);
            if (outcome.Sample.Kind == V1.OutcomeKind.Completed)
            {
                return outcome;
            }

            Assert.Equal((V1.OutcomeKind.Rejected, "expired"), (outcome.Sample.Kind, outcome.Sample.Reason.ToString()));
            late.Add(id);
        }
    }

    private static int Leads(StandbyRig rig) => rig.Bus.Since<V1.AgentHealth>(0)
        .Select(h => h.DegradedReasons.ToString())
        .Last(reasons => reasons.Contains("standby:leading:", StringComparison.Ordinal)) is var last && last.Contains("leading:200", StringComparison.Ordinal) ? 200 : 100;

    /// <summary>Waits until so many further utterances were carried out or at least answered, counted by the replies from a place on.</summary>
    private static async Task SaidAsync(StandbyRig rig, int mark, int count)
    {
        var seen = 0;
        await rig.Bus.NextAsync<V1.AssistantReply>(_ => ++seen > count, mark);
    }

    private static async Task SpeakAsync(StandbyRig rig, List<string> said, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenUtterances);
        var degrees = 17;
        try
        {
            do
            {
                said.Add(rig.Bus.Occupant.Say(new Spoken { Text = $"set the temperature to {degrees} degrees", Confidence = 0.95 }));
                degrees = degrees == 27 ? 17 : degrees + 1;
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Enough was said.
        }
    }
}
