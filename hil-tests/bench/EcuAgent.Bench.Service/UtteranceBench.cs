using System.Diagnostics;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>
/// From before the write of an Utterance to its first HvacCommand in hand, both in this process; the service is the real host. The bench
/// is also the HVAC ECU and answers each command. Utterances come one at a time, each once.
/// </summary>
internal static class UtteranceBench
{
    private const double LimitP50Ms = 300;
    private const double AimP50Ms = 150;
    private const double AimP95Ms = 300;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    internal static Outcome Run(uint domainId, string? model)
    {
        using var seat = Bus.Join(domainId);
        using var service = new ServiceProcess(seat, domainId, model);
        using var answered = new AutoResetEvent(false);
        var outcomes = seat.OpenWriter<V1.CommandOutcome>();
        var utterances = seat.OpenWriter<V1.Utterance>();
        var expected = "";
        var seenAt = 0L;
        uint outcomeNumber = 0;
        using var commands = seat.Listen<V1.HvacCommand>(command =>
        {
            var now = Stopwatch.GetTimestamp();
            if (command.UtteranceId.ToString() == Volatile.Read(ref expected) && Interlocked.CompareExchange(ref seenAt, now, 0) == 0)
            {
                answered.Set();
            }

            outcomes.TryWrite(new V1.CommandOutcome
            {
                Source = Idl.BoundedString32.From("ecu.hvac"), SourceTimeNs = Bus.Now(), SequenceNumber = ++outcomeNumber,
                CommandId = command.CommandId, Kind = V1.OutcomeKind.Completed,
            });
        });
        service.WaitUntilReady();
        Task.WhenAll(utterances.WaitForMatchAsync(), outcomes.WaitForMatchAsync(), commands.WaitForMatchAsync()).Wait(TimeSpan.FromSeconds(10));
        var times = new Distribution();
        var unanswered = new List<string>();
        uint number = 0;
        foreach (var text in ClimateUtterances.WarmUp)
        {
            Say(text);
        }

        foreach (var text in ClimateUtterances.All)
        {
            if (Say(text) is { } time)
            {
                times.Add(time);
            }
            else
            {
                unanswered.Add(text);
            }
        }

        // A turn is logged when it has ended: it waits for the ECU's read-back, which never comes here.
        SpinWait.SpinUntil(() => service.Turns().Count() >= ClimateUtterances.WarmUp.Length + times.Count, TimeSpan.FromSeconds(5));
        var planned = new Distribution();
        var commanded = new Distribution();
        foreach (var turn in service.Turns().Skip(ClimateUtterances.WarmUp.Length))
        {
            planned.Add(TimeSpan.FromMilliseconds(turn.Planned));
            commanded.Add(TimeSpan.FromMilliseconds(turn.Command));
        }

        var audit = AuditCost.Run();
        var ok = times.At(0.5) < LimitP50Ms && times.Count >= 40;
        return new Outcome(ok, new
        {
            between = "before the write of Utterance and after the take of its first HvacCommand, in another process than the service",
            utterances = ClimateUtterances.All.Length,
            commanded = times.Count,
            without_hvac_command = unanswered,
            p50_ms = times.At(0.5),
            p95_ms = times.At(0.95),
            max_ms = times.At(1),
            limit_p50_ms = LimitP50Ms,
            ratio_p50_to_limit = Math.Round(times.At(0.5) / LimitP50Ms, 2),
            aim_p50_ms = AimP50Ms,
            aim_p95_ms = AimP95Ms,
            aims_met = times.At(0.5) < AimP50Ms && times.At(0.95) < AimP95Ms,
            inside_planned_p50_ms = planned.At(0.5),
            inside_first_command_p50_ms = commanded.At(0.5),
            audit_append_p50_ms = audit.At(0.5),
            audit_append_p95_ms = audit.At(0.95),
            ok,
        });

        TimeSpan? Say(string text)
        {
            var id = Guid.NewGuid().ToString();
            Interlocked.Exchange(ref seenAt, 0);
            Volatile.Write(ref expected, id);
            answered.Reset();
            var begin = Stopwatch.GetTimestamp();
            utterances.TryWrite(new V1.Utterance
            {
                Source = Idl.BoundedString32.From("ecu.speech"), SourceTimeNs = Bus.Now(), SequenceNumber = ++number,
                UtteranceId = Idl.BoundedString36.From(id), Text = Idl.BoundedString512.From(text), AsrConfidence = 0.95,
                Language = Idl.BoundedString16.From(text[0] < 128 ? "en" : "zh"), SpeakerZone = V1.CabinZone.Driver,
            });
            return answered.WaitOne(Longest) ? Stopwatch.GetElapsedTime(begin, seenAt) : null;
        }
    }
}
