using System.Diagnostics;
using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>
/// Writes one signal as fast as the reliable writer takes it. Until it is told to go, it repeats number 0; then it counts from 1, so
/// that received and missing numbers must add up to what was written.
/// </summary>
internal abstract class SignalFlood
{
    /// <summary>As many samples of a source as the deepest queue keeps.</summary>
    private const int RoundsInBurst = 16;

    private long _time;

    /// <summary>Sources that take turns, each with its own numbers.</summary>
    internal abstract int Sources { get; }

    protected abstract DdsWriter Writer { get; }

    internal static SignalFlood Open(VehicleParticipant participant, FloodKind kind) =>
        kind == FloodKind.Speed ? new SpeedFlood(participant) : new CameraFlood(participant);

    /// <summary>Obeys "SECONDS" lines; answers each with the number of samples written and the seconds it took.</summary>
    internal static int Serve(VehicleParticipant participant, FloodKind kind)
    {
        var flood = Open(participant, kind);

        // Console.In reads in step even where it is asked not to.
        using var input = new StreamReader(Console.OpenStandardInput());
        var line = input.ReadLineAsync();
        while (!line.Wait(5))
        {
            flood.WriteRound(0);
        }

        while (line.Result is { Length: > 0 } seconds)
        {
            var (written, took) = flood.Run(double.Parse(seconds, CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written} {took}"));
            line = input.ReadLineAsync();
            line.Wait();
        }

        return 0;
    }

    internal void WaitForReader() => Writer.WaitForMatchAsync().Wait();

    /// <summary>One sample of each source.</summary>
    internal void WriteRound(uint number)
    {
        for (var source = 0; source < Sources; source++)
        {
            _time = Math.Max(_time + 1, Bus.Now());
            Write(source, number, _time);
        }
    }

    /// <summary>Writes for some time.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="taken">Samples taken by the other side: then a burst that fits its queue is followed by a wait until it is empty.</param>
    internal (long Written, double Seconds) Run(double seconds, Func<long>? taken = null)
    {
        var begin = Stopwatch.GetTimestamp();
        uint number = 0;
        do
        {
            WriteRound(++number);
            if (taken is not null && number % RoundsInBurst == 0)
            {
                SpinWait.SpinUntil(() => taken() >= (long)number * Sources, TimeSpan.FromSeconds(1));
            }
        }
        while ((number & 63) != 0 || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);

        var took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Writer.WaitForAcknowledgments(TimeSpan.FromSeconds(5));
        return ((long)number * Sources, took);
    }

    protected abstract void Write(int source, uint number, long timeNs);

    /// <summary>The shallowest queue: one source, keep-last 1. At most one sample waits for each wake-up.</summary>
    private sealed class SpeedFlood(VehicleParticipant participant) : SignalFlood
    {
        private readonly DdsWriter<V1.VehicleSpeed> _writer = participant.OpenWriter<V1.VehicleSpeed>();
        private readonly Idl.BoundedString32 _source = Idl.BoundedString32.From("ecu.brake");

        internal override int Sources => 1;

        protected override DdsWriter Writer => _writer;

        protected override void Write(int source, uint number, long timeNs) => _writer.TryWrite(new V1.VehicleSpeed
        {
            Source = _source, SourceTimeNs = timeNs, SequenceNumber = number, Validity = V1.Validity.Valid, SpeedMps = 0,
        });
    }

    /// <summary>The deepest queue: four sources, keep-last 16.</summary>
    private sealed class CameraFlood(VehicleParticipant participant) : SignalFlood
    {
        private readonly DdsWriter<V1.CabinCameraEvent> _writer = participant.OpenWriter<V1.CabinCameraEvent>();
        private readonly Idl.BoundedString32[] _sources =
            [.. Enumerable.Range(1, 4).Select(i => Idl.BoundedString32.From(string.Create(CultureInfo.InvariantCulture, $"ecu.camera{i}")))];

        internal override int Sources => _sources.Length;

        protected override DdsWriter Writer => _writer;

        protected override void Write(int source, uint number, long timeNs) => _writer.TryWrite(new V1.CabinCameraEvent
        {
            Source = _sources[source], SourceTimeNs = timeNs, SequenceNumber = number, Validity = V1.Validity.Valid,
            DrowsinessKss = 2, AttentionProbability = 0.9, Confidence = 0.9,
        });
    }
}
