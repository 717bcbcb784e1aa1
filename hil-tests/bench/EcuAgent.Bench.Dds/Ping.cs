using System.Diagnostics;
using System.Globalization;
using EcuAgent.CycloneDds;

namespace EcuAgent.Bench.Dds;

/// <summary>
/// Our side. A round trip is measured from before the write of a sample to after the take of its answer, both in the data
/// handler, as ddsperf does; the next write follows at once.
/// </summary>
internal sealed class Ping
{
    private const int MaxPerWindow = 200_000;

    private readonly long[] _ticks = new long[MaxPerWindow];
    private readonly Frame[] _frames = new Frame[Bench.Batch];
    private readonly DdsSampleInfo[] _infos = new DdsSampleInfo[Bench.Batch];
    private readonly List<Window> _windows;
    private readonly int _seconds;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DdsWriter<Frame>? _writer;
    private Frame _frame;
    private long _sent;
    private long _windowEnd;
    private long _bytesAtStart;
    private int _count;
    private int _window = -1;
    private long _total;
    private long _bytes;

    private Ping(int seconds, List<Window> windows)
    {
        _seconds = seconds;
        _windows = windows;
    }

    /// <returns>Managed bytes per round trip on the thread that takes and writes.</returns>
    internal static double Run(uint domainId, int seconds, List<Window> windows) => new Ping(seconds, windows).RunCore(domainId);

    private double RunCore(uint domainId)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Ping).Assembly.Location);
        }

        start.ArgumentList.Add("pong");
        start.ArgumentList.Add(domainId.ToString(CultureInfo.InvariantCulture));
        using var pong = Process.Start(start)!;
        try
        {
            using var participant = DdsParticipant.Create(Bench.Options(domainId));
            _writer = participant.CreateWriter(participant.CreateTopic<Frame>(Bench.PingTopic, Bench.Qos));
            using var reader = participant.CreateReader(participant.CreateTopic<Frame>(Bench.PongTopic, Bench.Qos), onDataAvailable: OnData);
            Task.WhenAll(_writer.WaitForMatchAsync(), reader.WaitForMatchAsync()).Wait(TimeSpan.FromSeconds(10));
            _windowEnd = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 2);
            _sent = Stopwatch.GetTimestamp();
            _writer.Write(in _frame);
            if (!_done.Task.Wait(TimeSpan.FromSeconds(_seconds + 10)))
            {
                throw new InvalidOperationException("no answers from the other process");
            }
        }
        finally
        {
            pong.StandardInput.Close();
            pong.WaitForExit();
        }

        return (double)_bytes / _total;
    }

    private void OnData(DdsReader<Frame> reader)
    {
        int taken;
        do
        {
            taken = reader.Take(_frames, _infos);
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < taken; i++)
            {
                if (_infos[i].ValidData && _frames[i].Number == _frame.Number && !_done.Task.IsCompleted)
                {
                    OnAnswer(now);
                }
            }
        }
        while (taken == Bench.Batch);
    }

    private void OnAnswer(long now)
    {
        if (_window >= 0 && _count < MaxPerWindow)
        {
            _ticks[_count++] = now - _sent;
        }

        if (now >= _windowEnd)
        {
            CloseWindow();
            if (_window == _seconds)
            {
                _done.SetResult();
                return;
            }
        }

        _frame.Number++;
        _sent = Stopwatch.GetTimestamp();
        _writer!.Write(in _frame);
    }

    /// <summary>The half second before the first window is warm-up.</summary>
    private void CloseWindow()
    {
        if (_window >= 0)
        {
            _bytes += GC.GetAllocatedBytesForCurrentThread() - _bytesAtStart;
            _total += _count;
            Array.Sort(_ticks, 0, _count);
            _windows.Add(new Window(Microseconds(0.50), Microseconds(0.99), _count));
        }

        _window++;
        _count = 0;
        _windowEnd = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        _bytesAtStart = GC.GetAllocatedBytesForCurrentThread();
    }

    private double Microseconds(double quantile) => _ticks[(int)((_count - 1) * quantile)] * 1e6 / Stopwatch.Frequency;
}
