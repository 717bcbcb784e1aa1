using System.Diagnostics;
using EcuAgent.Bench.Service;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;

namespace EcuAgent.Bench.Commerce;

/// <summary>
/// What a decision costs: the picture of the car read for the gate, an action proposed, and the same action at the instant of commit with a yes.
/// Each class in each driving state under each bundled policy.
/// </summary>
internal static class GateBench
{
    private const double LimitMicroseconds = 10;
    private const int WarmUp = 2_000;
    private const int Rounds = 20_000;

    private static readonly DrivingState[] States = [DrivingState.Parked, DrivingState.Idling, DrivingState.Moving, DrivingState.Unknown];

    internal static Outcome Run()
    {
        var snapshot = new VehicleState(TimeProvider.System, new VehicleStateOptions()).TakeSnapshot();
        var policies = PolicyLoader.BundledProfiles.Select(PolicyLoader.LoadBundled).ToArray();
        var cases = policies.SelectMany(policy => Enum.GetValues<ActionClass>().SelectMany(action => States.Select(state => new Case(policy, action, state)))).ToArray();
        var allowed = 0;
        for (var round = 0; round < WarmUp; round++)
        {
            allowed += Decide(snapshot, cases[round % cases.Length]);
        }

        // One by one for the percentiles: the time of reading the clock is in each, and given beside.
        var times = new double[Rounds];
        var clock = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            var end = Stopwatch.GetTimestamp();
            clock[round] = Microseconds(end - begin);
            begin = end;
            allowed += Decide(snapshot, cases[round % cases.Length]);
            times[round] = Microseconds(Stopwatch.GetTimestamp() - begin);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            allowed += Decide(snapshot, cases[round % cases.Length]);
        }

        var mean = Microseconds(Stopwatch.GetTimestamp() - start) / Rounds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        Array.Sort(clock);
        var (p50, p99) = (times[Rounds / 2], times[Rounds * 99 / 100]);
        var ok = p99 < LimitMicroseconds && allocated == 0 && allowed > 0;
        return new Outcome(ok, new
        {
            between = "snapshot in hand and both decisions (Decide, CommitCheck) in hand; the snapshot itself is the row 'snapshot' of the table of allocations",
            cases = cases.Length,
            decisions = 2 * Rounds,
            both_mean_us = Math.Round(mean, 3),
            both_p50_us = Math.Round(p50, 3),
            both_p99_us = Math.Round(p99, 3),
            both_max_us = Math.Round(times[^1], 1),
            clock_p50_us = Math.Round(clock[Rounds / 2], 3),
            limit_us = LimitMicroseconds,
            ratio_p99_to_limit = Math.Round(p99 / LimitMicroseconds, 4),
            managed_bytes = allocated,
            ok,
        });
    }

    private static int Decide(VehicleSnapshot snapshot, in Case one)
    {
        var situation = SituationReader.Read(snapshot) with { State = one.State, DriverSeat = SeatOccupant.Adult };
        var request = new GateRequest
        {
            ActionClass = one.Action,
            ToolName = "order_food",
            UtteranceId = "c0ffee",
            Channel = InputChannel.Voice,
            Zone = SpeakerZone.Driver,
            AsrConfidence = 0.95,
            TermsKey = "pizza-margherita 1",
            Amount = new Money(2247, "EUR"),
            Merchant = "trattoria-bellavista",
            MerchantUsedBefore = true,
            SpentThisTrip = new Money(0, "EUR"),
        };
        var consent = new Consent { Kind = ConsentKind.Yes, LoosestState = one.State, Terms = request };
        return (ActionGate.Decide(request, situation, one.Policy).IsAllowed ? 1 : 0)
            + (ActionGate.CommitCheck(request, consent, situation, one.Policy).IsAllowed ? 1 : 0);
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private readonly record struct Case(GatePolicy Policy, ActionClass Action, DrivingState State);
}
