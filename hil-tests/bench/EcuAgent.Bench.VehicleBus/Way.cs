using System.Diagnostics;
using System.Text.RegularExpressions;
using EcuAgent.Bench.Service;
using EcuAgent.Conformance.Peer;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Gateway;
using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.VehicleBus;

/// <summary>One way from an ECU to the picture of the car, opened anew for each round.</summary>
internal sealed class Way(string name)
{
    private const int SamplesInRound = 1000;
    private const int WarmUp = 300;
    private const int Bursts = 6;
    private const int SamplesInBurst = 250;

    /// <summary>Below the highest rate that a map can have.</summary>
    private static readonly long Pace = Stopwatch.Frequency / 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly BoundedString32 Source = BoundedString32.From("ecu.bench");
    private static int s_next = Environment.ProcessId * 8;

    private double _bytes = double.MaxValue;
    private uint _number;

    public Distribution Times { get; } = new();

    /// <summary>All threads of the process, whose own life shows in some bursts: the least of them, to a tenth.</summary>
    public double BytesPerSample => Math.Round(_bytes, 1);

    public object Values => new
    {
        p50_us = Math.Round(Times.At(0.5) * 1000, 1),
        p99_us = Math.Round(Times.At(0.99) * 1000, 1),
        managed_bytes_per_sample = BytesPerSample,
    };

    public void Measure()
    {
        var number = (uint)Interlocked.Increment(ref s_next);
        var domain = 120 + (int)(number % 80);
        var map = Path.Combine(Path.GetTempPath(), $"ecuagent-bench-{Guid.NewGuid():N}.json");
        File.WriteAllText(map, Regex.Replace(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "someip.json")), "\"maxRateHz\": [0-9]+", "\"maxRateHz\": 1000"));
        try
        {
            var warnings = new BusWarnings();
            var state = new VehicleState(TimeProvider.System, new VehicleStateOptions());
            using var gateway = name == "gateway" ? OpenGateway(domain, Options(3)) : null;
            IBusLink link = name == "someip"
                ? new SomeIpLink(Options(1), TimeProvider.System, NullLoggerFactory.Instance, warnings)
                : new DdsLink(new CockpitBusOptions { DomainId = domain }, NullLogger.Instance, warnings);
            using var bus = new CockpitBus(
                new CockpitBusSettings("bench", Guid.NewGuid().ToString()), state, TimeProvider.System, NullLogger<CockpitBus>.Instance, warnings, link);
            using var stop = new CancellationTokenSource();
            var ingest = new Thread(() => bus.Ingest.Run(new NoEvents(), stop.Token)) { IsBackground = true };
            ingest.Start();
            using (ICar car = name == "dds" ? new DdsCar(domain, ["Driving"]) : new SomeIpCar(Options(2), ["Driving"]))
            {
                Run(car, bus);
            }

            stop.Cancel();
            ingest.Join();
        }
        finally
        {
            File.Delete(map);
        }

        SomeIpBusOptions Options(int host) => new() { LocalAddress = $"127.{20 + (number % 200)}.1.{host}", SdPort = 20000 + (int)(number % 10000), MapFile = map };
    }

    private static BusGateway OpenGateway(int domain, SomeIpBusOptions options)
    {
        var gateway = new BusGateway(
            new VehicleParticipant(new CockpitBusOptions { DomainId = domain, Source = "gateway" }.ToParticipantOptions(), NullLogger.Instance),
            new SomeIpParticipant(options, TimeProvider.System, NullLoggerFactory.Instance),
            options.LoadMap(),
            Services.Car,
            TimeProvider.System);
        gateway.Start();
        return gateway;
    }

    private void Run(ICar car, CockpitBus bus)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var warm = 0; warm < WarmUp;)
        {
            warm += Send(car, bus, times: null) ? 1 : 0;
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new InvalidOperationException($"{name}: no speed has come within {Patience}");
            }
        }

        var times = new long[SamplesInRound];
        for (var i = 0; i < SamplesInRound; i++)
        {
            if (!Send(car, bus, times.AsSpan(i, 1)))
            {
                throw new InvalidOperationException($"{name}: a speed was lost");
            }
        }

        for (var burst = 0; burst < Bursts && _bytes > 0; burst++)
        {
            // As fast as it goes, so that as little as may be of what lives beside falls in: service discovery and the repeated GateStatus.
            Pause();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < SamplesInBurst; i++)
            {
                Send(car, bus, times: null, isPaced: false);
            }

            _bytes = Math.Min(_bytes, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)SamplesInBurst);
        }

        foreach (var ticks in times)
        {
            Times.Add(TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency));
        }
    }

    /// <summary>Until the highest rate of the map allows a burst.</summary>
    private static void Pause()
    {
        var begin = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begin) > TimeSpan.FromMilliseconds(400));
    }

    private bool Send(ICar car, CockpitBus bus, Span<long> times, bool isPaced = true)
    {
        var taken = bus.Ingest.SamplesReceived;
        var spin = default(SpinWait);
        var begin = Stopwatch.GetTimestamp();
        car.TrySend(new V1.VehicleSpeed { Source = Source, SourceTimeNs = Clock.NowNs(), SequenceNumber = ++_number, Validity = V1.Validity.Valid, SpeedMps = 10 });
        while (bus.Ingest.SamplesReceived == taken)
        {
            if (Stopwatch.GetTimestamp() - begin > Stopwatch.Frequency / 5)
            {
                return false;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        var end = Stopwatch.GetTimestamp();
        if (!times.IsEmpty)
        {
            times[0] = end - begin;
        }

        while (isPaced && Stopwatch.GetTimestamp() - begin < Pace)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }
}
