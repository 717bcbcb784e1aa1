using CsCheck;
using EcuAgent.Core.Standby;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Standby;

/// <summary>
/// Two services on a bus that loses nothing and is late by less than an eighth of the lease, with random deaths, starts, orderly ends and
/// hold-ups. A witness that knows only who may act judges: never two at once, and after a loss one within a lease.
/// </summary>
public class StandbyPropertyTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LatestBeat = TimeSpan.FromMilliseconds(90);

    private static readonly Gen<Fault> Faults = Gen.Select(
        Gen.Enum<FaultKind>(), Gen.Int[0, 1], Gen.Int[0, 250], Gen.Int[1, 250],
        (kind, node, after, length) => new Fault(kind, node, after, length));

    [Fact]
    public void Roles_AnySequenceOfFaults_NeverTwoActAndALossIsMadeUpForWithinALease()
    {
        var losses = 0;
        var handedBack = 0;
        Gen.Select(Faults.Array[1, 12], Gen.Int).Sample(
            (faults, seed) =>
            {
                var world = new World(seed);
                world.Play(faults);
                Interlocked.Add(ref losses, world.Losses);
                Interlocked.Add(ref handedBack, world.HandedBack);
            },
            iter: 2000);

        // Each must happen, or the test has stopped telling anything.
        Assert.True(losses > 300, $"only {losses} losses with a follower there");
        Assert.True(handedBack > 100, $"only {handedBack} times the lead went back");
    }

    [Fact]
    public void Roles_LinkCutAndHealed_BothLeadAndThenTheStrongerOneAlone()
    {
        var world = new World(seed: 1);
        world.Run(TimeSpan.FromSeconds(4));
        Assert.Equal([0], world.Acting());

        world.IsCut = true;
        world.Run(TimeSpan.FromSeconds(3), watch: false);
        Assert.Equal([0, 1], world.Acting());

        world.IsCut = false;
        world.Run(TimeSpan.FromMilliseconds(300), watch: false);
        Assert.Equal([0], world.Acting());
    }

    private enum FaultKind
    {
        Kill,
        Start,
        Leave,
        HoldUp,
    }

    private sealed record Fault(FaultKind Kind, int Node, int AfterSteps, int LengthSteps);

    private sealed class Node(int number)
    {
        public int Number { get; } = number;

        public StandbyRole? Role { get; set; }

        public long HeldUntil { get; set; }

        public StandbyBeat? LastWord { get; set; }

        public List<(long At, StandbyBeat Beat)> Mail { get; } = [];
    }

    private sealed class World
    {
        private readonly FakeTimeProvider _time = new();
        private readonly Random _random;
        private readonly List<Node> _nodes;
        private int _starts;
        private long? _lostAt;
        private long _lastFaultAt;
        private int _lastActing = -1;
        private uint _beats;

        public World(int seed)
        {
            _random = new Random(seed);
            _nodes = [new Node(0), new Node(1)];
            _nodes.ForEach(Start);
        }

        public bool IsCut { get; set; }

        public int Losses { get; private set; }

        public int HandedBack { get; private set; }

        public void Play(Fault[] faults)
        {
            Run(Lease * 4);
            foreach (var fault in faults)
            {
                Run(Step * fault.AfterSteps);
                Apply(fault);
            }

            // Long enough for everybody to have joined, and for the lead to have gone back.
            Run(Lease * 8);
            var alive = _nodes.Where(n => n.Role is not null).ToList();
            if (alive.Count > 0)
            {
                Assert.Equal([alive.MinBy(n => n.Number)!.Number], Acting());
            }
        }

        public int[] Acting() => [.. _nodes.Where(n => n.Role?.MayAct == true).Select(n => n.Number)];

        public void Run(TimeSpan time, bool watch = true)
        {
            for (var i = 0; i < time / Step; i++)
            {
                _time.Advance(Step);
                foreach (var node in _nodes.Where(n => n.Role is not null && n.HeldUntil <= Now))
                {
                    if (node.HeldUntil > 0)
                    {
                        node.HeldUntil = 0;
                        SayAgain(node);
                    }

                    Turn(node);
                }

                if (watch)
                {
                    Watch();
                }
            }
        }

        private long Now => _time.GetTimestamp();

        private void Watch()
        {
            // One that is held up counts as well: it may go on at any instant, before it looks at anything else.
            var acting = Acting();
            Assert.True(acting.Length <= 1, $"{acting.Length} act at {_time.GetUtcNow():mm:ss.fff}: {string.Join(", ", _nodes.Select(n => n.Role?.State.ToString() ?? "dead"))}");
            if (acting.Length == 1)
            {
                if (_lastActing > acting[0] && _time.GetElapsedTime(_lastFaultAt) > Lease)
                {
                    HandedBack++;
                }

                (_lastActing, _lostAt) = (acting[0], null);
            }
            else if (_lostAt is { } lost && _time.GetElapsedTime(lost) > Lease)
            {
                Assert.Fail($"nobody acts a lease after the loss: {string.Join(", ", _nodes.Select(n => n.Role?.State.ToString() ?? "dead"))}");
            }
        }

        private void Turn(Node node)
        {
            // In the service the role ticks before what has come is read, which matters after a hold-up.
            Tick(node);
            foreach (var (_, beat) in node.Mail.Where(m => m.At <= Now).ToList())
            {
                if (node.Role!.Heard(beat))
                {
                    Say(node, node.Role.Tick(_random.Next(4) > 0));
                }
            }

            node.Mail.RemoveAll(m => m.At <= Now);
            Tick(node);
        }

        private void Tick(Node node)
        {
            if (node.Role!.UntilNextTick == TimeSpan.Zero)
            {
                Say(node, node.Role.Tick(_random.Next(4) > 0));
            }
        }

        // The bus had lost it and finds it again: before anything new comes what it said last.
        private void SayAgain(Node node)
        {
            foreach (var other in _nodes.Where(n => n != node && n.Role is not null && !IsCut && node.LastWord is not null))
            {
                other.Mail.Add((Now, node.LastWord!.Value));
            }
        }

        private void Say(Node node, StandbyState state)
        {
            node.LastWord = new StandbyBeat(node.Role!.InstanceId, ++_beats, state, node.Role.Strength, IsWell: true);
            if (IsCut)
            {
                return;
            }

            var late = (long)(_random.NextDouble() * LatestBeat.TotalSeconds * _time.TimestampFrequency);
            foreach (var other in _nodes.Where(n => n != node && n.Role is not null))
            {
                // In order: a late one holds up those that come after it.
                var at = Math.Max(Now + late, other.Mail.Where(m => m.Beat.InstanceId == node.Role!.InstanceId).Select(m => m.At).DefaultIfEmpty(0).Max());
                other.Mail.Add((at, node.LastWord.Value));
            }
        }

        private void Start(Node node)
        {
            node.Role = new StandbyRole(
                new StandbyOptions
                {
                    Role = StandbyPlace.Primary, Strength = 300 - (100 * node.Number), Lease = Lease, TakeBackAfter = TimeSpan.FromSeconds(1.5),
                },
                $"{++_starts:D4}",
                _time);
            node.HeldUntil = 0;
            node.Mail.Clear();
        }

        private void Apply(Fault fault)
        {
            var node = _nodes[fault.Node];
            var acted = node.Role?.MayAct == true;
            switch (fault.Kind)
            {
                case FaultKind.Start when node.Role is null:
                    Start(node);
                    return;
                case FaultKind.Kill:
                    node.Role = null;
                    break;
                case FaultKind.Leave when node.Role is not null && node.HeldUntil <= Now:
                    node.Role.Leave();
                    Say(node, StandbyState.Left);
                    node.Role = null;
                    break;
                case FaultKind.HoldUp when node.Role is not null:
                    node.HeldUntil = Now + (long)(fault.LengthSteps * Step.TotalSeconds * _time.TimestampFrequency);
                    break;
                default:
                    return;
            }

            // A new fault on the way may take the one that was to take over: then nothing is promised for this loss.
            _lastFaultAt = Now;
            _lostAt = null;
            var followers = _nodes.Where(n => n != node && n.Role?.State == StandbyState.Following).ToList();
            if (acted && fault.Kind != FaultKind.HoldUp && followers.Count > 0 && followers.TrueForAll(n => n.HeldUntil <= Now))
            {
                _lostAt = Now;
                Losses++;
            }
        }
    }
}
