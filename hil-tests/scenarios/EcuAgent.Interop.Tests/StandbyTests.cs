using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Interop.Tests;

/// <summary>The topics of a hot-standby pair: exclusive ownership on both sides, the stronger writer heard alone while it lives.</summary>
public abstract class StandbyTests(ITestOutputHelper output)
{
    private const string Topic = "HvacCommand";
    private const int Strong = 200;
    private const int Weak = 100;

    // As the service offers it by default: 5/8 of a second.
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(625);

    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(100);

    // Measured and printed; what fails is only what no lease could explain.
    private static readonly TimeSpan TakenOverAtLast = TimeSpan.FromSeconds(5);

    private readonly int _domain = Domains.Next();
    private int _said;

    private protected abstract PeerStack Stack { get; }

    [Fact]
    public async Task OurPair_BothWrite_PeerTakesTheStrongerAlone()
    {
        await using var peer = await Peer.StartAsync(Stack, _domain);
        var mark = await peer.OpenReaderAsync(Topic, Contract.PairReaderQos(Topic));
        using var strong = Join(new PairOwnership(Strong, Lease));
        using var weak = Join(new PairOwnership(Weak, Lease));
        using var fromStrong = strong.OpenWriter<V1.HvacCommand>();
        using var fromWeak = weak.OpenWriter<V1.HvacCommand>();
        await fromStrong.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        await fromWeak.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        await peer.MatchedAsync("reader", Topic, 2, mark);

        using (new Timer(_ => strong.Participant.AssertLiveliness(), null, TimeSpan.Zero, BetweenWrites))
        {
            fromStrong.Write(Command(1));
            await peer.SampleAsync(Topic, Numbered(1), mark);
            fromWeak.Write(Command(2));
            Assert.True(fromWeak.WaitForAcknowledgments(Domains.Watchdog));
            fromStrong.Write(Command(3));
            Assert.Equal(3, Number(await peer.SampleAsync(Topic, s => Number(s) != 1, mark)));
        }

        await peer.LeaveAsync();
    }

    // The real services; what they command is taken by an ECU on the other stack.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OurLeader_DiesWhileSomebodySpeaks_PeerTakesTheFollowersCommands(bool isFrozen)
    {
        await using var peer = await Peer.StartAsync(Stack, _domain);
        var model = ModelPackage.Require();
        using var folder = new TemporaryFolder();
        await peer.OpenWriterAsync("Utterance");
        var mark = await peer.OpenReaderAsync(Topic, Contract.PairReaderQos(Topic));
        await peer.OpenReaderAsync("AgentHealth");
        await using var primary = ServiceProcess.Start(_domain, model, folder.File("primary"), "--standby", "Primary");
        await using var backup = ServiceProcess.Start(_domain, model, folder.File("backup"), "--standby", "Backup");
        await peer.SampleAsync("AgentHealth", Says("standby:leading:200"), mark);
        await peer.SampleAsync("AgentHealth", Says("standby:following:100"), mark);

        using var speaking = new CancellationTokenSource();
        var speech = SpeakAsync(peer, speaking.Token);
        await peer.SampleAsync(Topic, s => (int)s["sequence_number"]! > 3, mark);
        var dead = peer.Mark;
        var heard = _said;
        var at = TimeProvider.System.GetTimestamp();
        if (isFrozen)
        {
            primary.Freeze();
        }
        else
        {
            await primary.KillAsync();
        }

        await backup.LineAsync("now Leading");
        var leads = TimeProvider.System.GetElapsedTime(at);
        await peer.SampleAsync(Topic, s => UtteranceOf(s) > heard, dead);
        var took = TimeProvider.System.GetElapsedTime(at);
        output.WriteLine(FormattableString.Invariant($"leads after {leads.TotalMilliseconds:0} ms; its first command taken after {took.TotalMilliseconds:0} ms"));
        Assert.InRange(took, TimeSpan.Zero, TakenOverAtLast);
        await speaking.CancelAsync();
        await speech;
        await peer.LeaveAsync();
    }

    [Fact]
    public async Task PeersPair_StrongerIsKilled_WeTakeTheWeaker()
    {
        var numbers = Channel.CreateUnbounded<uint>();
        using var participant = Join(PairOwnership.Reader);
        using var reader = participant.OpenReader<V1.HvacCommand>(r =>
        {
            while (r.TryTake(out var command, out var info))
            {
                _ = !info.ValidData || numbers.Writer.TryWrite(command.SequenceNumber);
            }
        });
        await using var strong = await Peer.StartAsync(Stack, _domain);
        await using var weak = await Peer.StartAsync(Stack, _domain);
        await strong.MatchedAsync("writer", Topic, 1, await strong.OpenWriterAsync(Topic, Contract.PairWriterQos(Topic, Strong)));
        await weak.MatchedAsync("writer", Topic, 1, await weak.OpenWriterAsync(Topic, Contract.PairWriterQos(Topic, Weak)));
        await WaitAsync(() => reader.MatchedCount == 2);

        await strong.WriteAsync(Topic, SampleJson.Of(Command(1)));
        Assert.Equal(1u, await NextAsync(numbers));
        await weak.WriteAsync(Topic, SampleJson.Of(Command(2)));
        await strong.WriteAsync(Topic, SampleJson.Of(Command(3)));
        Assert.Equal(3u, await NextAsync(numbers));

        await strong.KillAsync();
        var taken = NextAsync(numbers);
        for (var number = 4u; !taken.IsCompleted; number++)
        {
            await weak.WriteAsync(Topic, SampleJson.Of(Command(number)));
            await Task.WhenAny(taken, Task.Delay(BetweenWrites));
        }

        Assert.InRange(await taken, 4u, uint.MaxValue);
        await weak.LeaveAsync();
    }

    [Fact]
    public async Task PeerReadsShared_OurPairNamesIt()
    {
        var warnings = Channel.CreateUnbounded<BusWarning>();
        using var pair = Join(new PairOwnership(Strong, Lease), w => warnings.Writer.TryWrite(w));
        using var writer = pair.OpenWriter<V1.HvacCommand>();
        await using var peer = await Peer.StartAsync(Stack, _domain);
        await peer.OpenReaderAsync(Topic);

        Assert.Equal(new(BusWarningKind.IncompatibleQos, Topic, "OWNERSHIP"), await NextAsync(warnings));
        Assert.Equal(0, writer.MatchedCount);
        await peer.LeaveAsync();
    }

    private static Func<JsonObject, bool> Says(string code) => health => ((string)health["degraded_reasons"]!).Split(',').Contains(code);

    private static int UtteranceOf(JsonObject command) => int.Parse(((string)command["utterance_id"]!)[2..], CultureInfo.InvariantCulture);

    private static V1.HvacCommand Command(uint number) => new() { Source = Idl.BoundedString32.From("ecu.cockpit"), SequenceNumber = number };

    private static Func<JsonObject, bool> Numbered(int number) => sample => Number(sample) == number;

    private static int Number(JsonObject sample) => (int)sample["sequence_number"]!;

    private static Task<T> NextAsync<T>(Channel<T> channel) => channel.Reader.ReadAsync().AsTask().WaitAsync(Domains.Watchdog);

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        while (!condition())
        {
            await Task.Delay(BetweenWrites, watchdog.Token);
        }
    }

    private async Task SpeakAsync(Peer peer, CancellationToken end)
    {
        using var timer = new PeriodicTimer(BetweenWrites);
        while (!end.IsCancellationRequested)
        {
            var number = ++_said;
            await peer.SayAsync(number, $"set the temperature to {17 + (number % 10)} degrees");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private VehicleParticipant Join(PairOwnership pair, Action<BusWarning>? warned = null) =>
        new(new DdsParticipantOptions { DomainId = (uint)_domain, Name = "interop" }, NullLogger.Instance, warned, pair);
}
