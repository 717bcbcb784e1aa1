using System.Diagnostics;
using System.Runtime.InteropServices;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// Carries frames from one interface to another on a thread of its own, with faults. At most <see cref="MostUnderWay"/> frames are under way: one more is
/// lost and counted, as in a switch. Chance has a seed, so that a run can be repeated as far as the senders repeat themselves.
/// </summary>
internal sealed partial class WireDirection : IDisposable
{
    private const int MostUnderWay = 4096;
    private const short Readable = 1;

    private readonly TapDevice _from;
    private readonly TapDevice _to;
    private readonly Random _chance;
    private readonly PriorityQueue<byte[], (long DueAt, long Number)> _underWay = new();
    private readonly Thread _thread;
    private readonly int _wake = EventDescriptor(0, 0);
    private readonly Lock _gate = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiters = [];
    private volatile WireFaults _faults = WireFaults.None;
    private volatile bool _isEnding;
    private long _carried;
    private long _lost;
    private long _numbers;

    public WireDirection(TapDevice from, TapDevice to, int seed)
    {
        _from = from;
        _to = to;
        _chance = new Random(seed);
        _thread = new Thread(Run) { IsBackground = true, Name = $"{from.Name} to {to.Name}" };
        _thread.Start();
    }

    public WireFaults Faults
    {
        get => _faults;
        set
        {
            _faults = value;
            Wake();
        }
    }

    public long Carried => Interlocked.Read(ref _carried);

    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Completes when so many more frames are lost.</summary>
    public Task LosesAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((_lost + more, reached));
        }

        return reached.Task.WaitAsync(Domains.Watchdog);
    }

    public void Dispose()
    {
        _isEnding = true;
        Wake();
        _thread.Join();
        _ = Close(_wake);
    }

    private void Run()
    {
        var buffer = new byte[TapDevice.LongestFrame];
        Span<PollEntry> entries = stackalloc PollEntry[2];
        while (!_isEnding)
        {
            entries[0] = new PollEntry { Descriptor = _from.Descriptor, Events = Readable };
            entries[1] = new PollEntry { Descriptor = _wake, Events = Readable };
            _ = Poll(ref MemoryMarshal.GetReference(entries), (nuint)entries.Length, WaitMilliseconds());
            if (entries[1].Happened != 0)
            {
                long ignored = 0;
                _ = Read(_wake, ref ignored, sizeof(long));
            }

            while (_from.Read(buffer) is > 0 and var length)
            {
                Take(buffer.AsSpan(0, length));
            }

            Deliver();
        }
    }

    private int WaitMilliseconds() => _underWay.TryPeek(out _, out var next)
        ? (int)Math.Clamp(Math.Ceiling((next.DueAt - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency), 0, int.MaxValue)
        : Timeout.Infinite;

    private void Take(ReadOnlySpan<byte> frame)
    {
        var faults = _faults;
        if (faults.IsCut || _chance.NextDouble() < faults.Loss || _underWay.Count == MostUnderWay)
        {
            Lose();
            return;
        }

        var copies = _chance.NextDouble() < faults.Duplicates ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var delay = faults.Delay + (faults.Jitter * _chance.NextDouble());
            _underWay.Enqueue(frame.ToArray(), (Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency), _numbers++));
        }
    }

    private void Deliver()
    {
        while (_underWay.TryPeek(out var frame, out var next) && next.DueAt <= Stopwatch.GetTimestamp())
        {
            _underWay.Dequeue();
            if (_faults.IsCut)
            {
                Lose();
                continue;
            }

            _to.Write(frame);
            Interlocked.Increment(ref _carried);
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            var lost = Interlocked.Increment(ref _lost);
            foreach (var (_, reached) in _waiters.Where(w => w.Count <= lost))
            {
                reached.TrySetResult();
            }

            _waiters.RemoveAll(w => w.Count <= lost);
        }
    }

    private void Wake()
    {
        long one = 1;
        _ = Write(_wake, ref one, sizeof(long));
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int descriptor, ref long value, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ref long value, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    /// <summary>struct pollfd.</summary>
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
