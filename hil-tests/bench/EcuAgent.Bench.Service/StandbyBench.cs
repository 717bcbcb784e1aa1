using System.Diagnostics;
using EcuAgent.Core.Standby;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>
/// A hot-standby pair of the real host; the one that leads is killed again and again, at random instants of its lease, while an utterance comes every
/// 100 ms. The bench is the climate ECU: it reads with exclusive ownership and remembers what it carried out.
/// </summary>
internal static class StandbyBench
{
    private const int Kills = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenUtterances = TimeSpan.FromMilliseconds(100);

    internal static Outcome Run(uint domainId, string? model)
    {
        using var seat = Bus.Join(domainId, isPair: true);
        var gate = new Lock();
        var roles = new Dictionary<string, (StandbyState State, long Since)>(StringComparer.Ordinal);
        var strengths = new Dictionary<int, string>();
        var carriedOut = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var commands = new List<(long At, long IssuedNs)>();
        var outcomes = seat.OpenWriter<V1.CommandOutcome>();
        var utterances = seat.OpenWriter<V1.Utterance>();
        uint outcomeNumber = 0;
        using var ecu = seat.Listen<V1.HvacCommand>(command =>
        {
            var now = Stopwatch.GetTimestamp();
            lock (gate)
            {
                commands.Add((now, command.IssuedTimeNs));
                if (known.Add(command.CommandId.ToString()))
                {
                    var utterance = command.UtteranceId.ToString();
                    carriedOut[utterance] = carriedOut.GetValueOrDefault(utterance) + 1;
                }
            }

            outcomes.TryWrite(new V1.CommandOutcome
            {
                Source = Idl.BoundedString32.From("ecu.hvac"), SourceTimeNs = Bus.Now(), SequenceNumber = ++outcomeNumber,
                CommandId = command.CommandId, Kind = V1.OutcomeKind.Completed,
            });
        });
        using var health = seat.Listen<V1.AgentHealth>(sample =>
        {
            if (StandbyCode.Find(sample.DegradedReasons.ToString()) is { } role)
            {
                lock (gate)
                {
                    var instance = sample.InstanceId.ToString();
                    if (!roles.TryGetValue(instance, out var before) || before.State != role.State)
                    {
                        roles[instance] = (role.State, Stopwatch.GetTimestamp());
                    }

                    strengths[role.Strength] = instance;
                }
            }
        });
        var pair = new Dictionary<int, ServiceProcess> { [200] = Start("Primary"), [100] = Start("Backup") };
        var took = new Distribution();
        var led = new Distribution();
        var said = 0;
        try
        {
            Await(() => Is(200, StandbyState.Leading) && Is(100, StandbyState.Following), "the pair");
            Task.WhenAll(utterances.WaitForMatchAsync(2), outcomes.WaitForMatchAsync(2), ecu.WaitForMatchAsync(2)).Wait(Longest);
            using var speech = new Timer(_ => Say(), null, TimeSpan.Zero, BetweenUtterances);
            var random = new Random(1);
            for (var kill = 0; kill < Kills; kill++)
            {
                var leads = Is(200, StandbyState.Leading) ? 200 : 100;
                var follows = 300 - leads;
                var before = Count();
                Await(() => Count() > before + 3, "commands of the leader");
                using (var never = new ManualResetEvent(false))
                {
                    never.WaitOne(Lease * random.NextDouble());
                }

                var at = Stopwatch.GetTimestamp();
                pair[leads].Kill();
                Await(() => Is(follows, StandbyState.Leading), "the follower to lead");
                var since = Since(follows);
                Await(() => First(since) is not null, "a command of the follower");
                led.Add(Stopwatch.GetElapsedTime(at, since));
                took.Add(Stopwatch.GetElapsedTime(at, First(since)!.Value));
                pair[leads].Dispose();
                Forget(leads);
                pair[leads] = Start(leads == 200 ? "Primary" : "Backup");
                Await(() => Is(leads, StandbyState.Following), "the killed one to follow");
            }
        }
        finally
        {
            foreach (var service in pair.Values)
            {
                service.Dispose();
            }
        }

        var twice = carriedOut.Count(u => u.Value > 1);
        var ok = twice == 0 && took.At(1) <= Lease.TotalMilliseconds;
        return new Outcome(ok, new
        {
            between = "kill -9 of the service that leads and the take of the first HvacCommand of the other one, in a third process with exclusive ownership",
            kills = took.Count,
            lease_ms = Lease.TotalMilliseconds,
            min_ms = took.At(0),
            p50_ms = took.At(0.5),
            p95_ms = took.At(0.95),
            max_ms = took.At(1),
            ratio_max_to_lease = Math.Round(took.At(1) / Lease.TotalMilliseconds, 3),
            leading_seen_p50_ms = led.At(0.5),
            leading_seen_max_ms = led.At(1),
            utterances = said,
            utterances_carried_out = carriedOut.Count,
            utterances_carried_out_twice = twice,
            ok,
        });

        ServiceProcess Start(string role) => new(
            seat, domainId, model, "--standby", role, "--EcuAgent:Standby:Lease", Lease.ToString("c"), "--EcuAgent:Standby:TakeBackAfter", "01:00:00");

        void Say()
        {
            var number = (uint)Interlocked.Increment(ref said);
            utterances.TryWrite(new V1.Utterance
            {
                Source = Idl.BoundedString32.From("ecu.speech"), SourceTimeNs = Bus.Now(), SequenceNumber = number,
                UtteranceId = Idl.BoundedString36.From(Guid.NewGuid().ToString()),
                Text = Idl.BoundedString512.From($"set the temperature to {17 + (number % 10)} degrees"), AsrConfidence = 0.95,
                Language = Idl.BoundedString16.From("en"), SpeakerZone = V1.CabinZone.Driver,
            });
        }

        bool Is(int strength, StandbyState state)
        {
            lock (gate)
            {
                return strengths.TryGetValue(strength, out var instance) && roles[instance].State == state;
            }
        }

        long Since(int strength)
        {
            lock (gate)
            {
                return roles[strengths[strength]].Since;
            }
        }

        void Forget(int strength)
        {
            lock (gate)
            {
                strengths.Remove(strength);
            }
        }

        int Count()
        {
            lock (gate)
            {
                return commands.Count;
            }
        }

        long? First(long since)
        {
            lock (gate)
            {
                var index = commands.FindIndex(c => c.At >= since);
                return index < 0 ? null : commands[index].At;
            }
        }

        static void Await(Func<bool> condition, string what)
        {
            if (!SpinWait.SpinUntil(condition, Longest))
            {
                throw new InvalidOperationException($"{what} did not come within {Longest.TotalSeconds} s");
            }
        }
    }
}
