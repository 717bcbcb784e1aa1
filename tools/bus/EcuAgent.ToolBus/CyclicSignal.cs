using EcuAgent.CycloneDds;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.ToolBus;

/// <summary>One signal of one ECU: written at once when set, then repeated each cycle until silenced. Thread-safe.</summary>
internal sealed class CyclicSignal<T> : ICyclicSignal
    where T : unmanaged, IDdsType<T>
{

    private readonly Lock _gate = new();
    private readonly DdsWriter<T> _writer;
    private readonly TimeProvider _time;
    private readonly TimeSpan _cycle;
    private readonly Stamp _stamp;
    private readonly ITimer _timer;
    private T _value;
    private bool _active;
    private uint _sequence;
    private long _lastSourceTimeNs;
    private long _written;
    private long _failed;

    public CyclicSignal(DdsWriter<T> writer, TimeProvider time, TimeSpan cycle, Stamp stamp)
    {
        _writer = writer;
        _time = time;
        _cycle = cycle;
        _stamp = stamp;
        _timer = time.CreateTimer(static s => ((CyclicSignal<T>)s!).Repeat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public delegate void Stamp(ref T sample, long sourceTimeNs, uint sequenceNumber);

    public long Written => Interlocked.Read(ref _written);

    public long Failed => Interlocked.Read(ref _failed);

    public DdsWriter Writer => _writer;

    public void Set(in T value)
    {
        lock (_gate)
        {
            _value = value;
            _active = true;
            Write();
            _timer.Change(_cycle, _cycle);
        }
    }

    public void Silence()
    {
        lock (_gate)
        {
            _active = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Silence();
        await _timer.DisposeAsync().ConfigureAwait(false);
        _writer.Dispose();
    }

    private void Repeat()
    {
        lock (_gate)
        {
            if (_active)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        // A receiver takes two samples with one source time for a repetition, so the time always advances.
        var now = Signals.Units.ToUnixNanoseconds(_time.GetUtcNow());
        _lastSourceTimeNs = Math.Max(now, _lastSourceTimeNs + 1);
        _stamp(ref _value, _lastSourceTimeNs, unchecked(++_sequence));
        try
        {
            Interlocked.Increment(ref _writer.TryWrite(_value) == DdsReturnCode.Ok ? ref _written : ref _failed);
        }
        catch (ObjectDisposedException)
        {
            // The participant went first: an exception on the timer's thread would end the process.
            Interlocked.Increment(ref _failed);
            _active = false;
        }
    }
}
