using System.Diagnostics;
using EcuAgent.Idl;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Conformance.Peer;

/// <summary>Says a speed so many times a second, on a thread of its own, until disposed. What a bus refuses is said a moment later, with the same number.</summary>
internal sealed class SteadySpeed : IDisposable
{
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private long _sent;

    /// <param name="car">Where it is said.</param>
    /// <param name="source">Name of the ECU.</param>
    /// <param name="perSecond">Above 0.</param>
    internal SteadySpeed(ICar car, string source, int perSecond)
    {
        _thread = new Thread(() => Run(car, BoundedString32.From(source), perSecond)) { IsBackground = true, Name = "steady speed" };
        _thread.Start();
    }

    /// <summary>Samples said so far.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run(ICar car, BoundedString32 source, int perSecond)
    {
        var begin = Stopwatch.GetTimestamp();
        var number = 0u;
        do
        {
            while (_sent < Stopwatch.GetElapsedTime(begin).TotalSeconds * perSecond && car.TrySend(
                new V1.VehicleSpeed { Source = source, SourceTimeNs = Clock.NowNs(), SequenceNumber = number + 1, Validity = V1.Validity.Valid, SpeedMps = 20 }))
            {
                number++;
                Interlocked.Increment(ref _sent);
            }
        }
        while (!_stop.WaitOne(1));
    }
}
