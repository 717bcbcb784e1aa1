using EcuAgent.Signals;

namespace EcuAgent.Bench.Service;

/// <summary>
/// How long a tightening takes: within the service from the take of the sample to the return of the write of GateStatus, and for the
/// sender from before the write of VehicleSpeed to GateStatus Moving in its hand. The ECUs are another process.
/// </summary>
internal static class TightenBench
{
    private const double LimitP99Ms = 1.0;

    internal static Outcome Run(uint domainId)
    {
        var quiet = Measure(domainId, Peer.Tighten);
        var busy = Measure(domainId, Peer.TightenBusy);
        var ok = quiet.Inside.At(0.99) < LimitP99Ms && busy.Inside.At(0.99) < LimitP99Ms;
        return new Outcome(ok, new
        {
            between = "sample taken and GateStatus written, in the service; round trip: VehicleSpeed before write and GateStatus seen, in the other process",
            limit_p99_ms = LimitP99Ms,
            quiet = Values(quiet),
            with_1khz_of_signals = Values(busy),
            ok,
        });
    }

    private static object Values((Distribution Inside, string RoundTrip) measured)
    {
        var parts = measured.RoundTrip.Split(' ');
        return new
        {
            tightenings = measured.Inside.Count,
            p50_ms = measured.Inside.At(0.5),
            p99_ms = measured.Inside.At(0.99),
            max_ms = measured.Inside.At(1),
            ratio_p99_to_limit = Math.Round(measured.Inside.At(0.99) / LimitP99Ms, 3),
            round_trips_to_moving = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            round_trip_p50_ms = double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            round_trip_p99_ms = double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static (Distribution Inside, string RoundTrip) Measure(uint domainId, string role)
    {
        var options = new VehicleStateOptions { Driving = new DrivingStateOptions { MovingToIdlingDwell = DrivingStateOptions.MinDwell } };
        var state = new VehicleState(TimeProvider.System, options);
        var inside = new Distribution();
        var over = false;
        var previous = DrivingState.Unknown;
        using var bus = Bus.Cockpit(domainId, state, TimeProvider.System);
        using var stop = new CancellationTokenSource();

        // Called right after the write; the picture knows how long ago its newest speed was taken. Moving after Unknown runs the same code as Moving after Idling, without a dwell in between.
        var events = new NoEvents(next =>
        {
            if (!Volatile.Read(ref over) && (next == DrivingState.Moving || DrivingStateOrder.IsStricter(next, previous)))
            {
                inside.Add(state.TakeSnapshot().SpeedMetersPerSecond.SinceArrival);
            }

            previous = next;
        });
        var ingest = new Thread(() => bus.Ingest.Run(events, stop.Token)) { IsBackground = true };
        ingest.Start();
        string roundTrip;
        using (var peer = new PeerProcess(role, domainId))
        {
            roundTrip = peer.Hear();

            // What tightens from here on is the silence of the peer, not a sample.
            Volatile.Write(ref over, true);
        }

        stop.Cancel();
        ingest.Join();
        return (inside, roundTrip);
    }
}
