using System.Diagnostics;
using EcuAgent.VehicleBus;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>Mapping and Apply alone, on wire samples already in memory.</summary>
internal static class PreparedSamples
{
    internal static (double PerSecond, double BytesPerSample) Run(double seconds)
    {
        var state = new VehicleState(TimeProvider.System, new VehicleStateOptions());
        var sources = new SourceRegistry();
        var samples = new V1.VehicleSpeed[1024];
        Array.Fill(samples, new V1.VehicleSpeed { Source = Idl.BoundedString32.From("ecu.brake"), Validity = V1.Validity.Valid });
        var rounds = 0L;
        uint number = 0;
        Round();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var begin = Stopwatch.GetTimestamp();
        do
        {
            Round();
            rounds++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);

        var took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return (rounds * samples.Length / took, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / (rounds * samples.Length));

        void Round()
        {
            var time = Bus.Now() - samples.Length;
            for (var i = 0; i < samples.Length; i++)
            {
                ref var sample = ref samples[i];
                sample.SourceTimeNs = time + i;
                sample.SequenceNumber = ++number;
                sources.TryIntern(sample.Source.Utf8, out var source);
                state.Apply(sample.ToSignal(source, Stopwatch.GetTimestamp()));
            }
        }
    }
}
