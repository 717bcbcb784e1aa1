using System.Text.Json;
using EcuAgent.Bench.Service;

namespace EcuAgent.Bench.SomeIp;

/// <summary>Times in microseconds; rates are medians over the rounds.</summary>
internal sealed class Report(Distribution ours, Distribution bare, double bytesPerCall, List<Flood> events, List<Flood> floods)
{
    /// <summary>The bare echo waits on its own socket; a call is woken by the receive thread, one switch of threads more.</summary>
    private const double LimitRoundTrip = 2.0;
    private const double LimitEvents = 0.7;

    private readonly double _load = Machine.LoadAverage();

    internal bool Ok => RatioP50 <= LimitRoundTrip && EventsRatio >= LimitEvents && BytesPerCall == 0 && BytesPerEventSent == 0 && BytesPerEventReceived == 0;

    private double RatioP50 => ours.At(0.50) / bare.At(0.50);

    private double EventsRatio => (double)Median(events, static flood => flood.Received) / Median(floods, static flood => flood.Received);

    /// <summary>All threads, the runtime's own included, which allocate some hundred bytes now and then: rounded to a tenth, as the next two.</summary>
    private double BytesPerCall => Math.Round(bytesPerCall, 1);

    /// <summary>A thread that sends for the first time takes 1440 bytes for its datagrams, once.</summary>
    private double BytesPerEventSent => Math.Round(events.Max(static flood => (double)flood.AllocatedThere / flood.Sent), 1);

    /// <summary>Each round has one call that asks for the flood, some hundred bytes.</summary>
    private double BytesPerEventReceived => Math.Round(events.Max(static flood => (double)flood.AllocatedHere / flood.Received), 1);

    internal string ToJson() => JsonSerializer.Serialize(new
    {
        bench = "someip",
        between = "call and its answer, 80 bytes of payload each way, two processes on loopback UDP; floods from one process to the handler in the other",
        calls = ours.Count,
        round_trip_p50_us = Microseconds(ours.At(0.50)),
        round_trip_p99_us = Microseconds(ours.At(0.99)),
        bare_udp_p50_us = Microseconds(bare.At(0.50)),
        bare_udp_p99_us = Microseconds(bare.At(0.99)),
        round_trip_ratio_p50 = Math.Round(RatioP50, 3),
        round_trip_ratio_p50_limit = LimitRoundTrip,
        round_trip_ratio_p99 = Math.Round(ours.At(0.99) / bare.At(0.99), 3),
        managed_bytes_per_call = BytesPerCall,
        events_sent_per_s = Median(events, static flood => flood.Sent),
        events_received_per_s = Median(events, static flood => flood.Received),
        bare_udp_sent_per_s = Median(floods, static flood => flood.Sent),
        bare_udp_received_per_s = Median(floods, static flood => flood.Received),
        events_ratio_received = Math.Round(EventsRatio, 3),
        events_ratio_received_limit = LimitEvents,
        managed_bytes_per_event_sent = BytesPerEventSent,
        managed_bytes_per_event_received = BytesPerEventReceived,
        load_average = _load,
        ok = Ok,
    });

    private static double Microseconds(double milliseconds) => Math.Round(milliseconds * 1000, 1);

    private static long Median(List<Flood> list, Func<Flood, long> of)
    {
        var sorted = list.Select(of).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
