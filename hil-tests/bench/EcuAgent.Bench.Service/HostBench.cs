namespace EcuAgent.Bench.Service;

/// <summary>Start, memory, idle processor time and stop of the real host.</summary>
internal static class HostBench
{
    private const int Starts = 3;
    private const double IdleSeconds = 10;
    private const double LimitReadyMs = 2000;
    private const double LimitIdlePercent = 3;

    internal static Outcome Run(uint domainId, string? model)
    {
        using var seat = Bus.Join(domainId);
        var ready = new Distribution();
        var stopped = new Distribution();
        var exitCodes = new List<int>();
        for (var i = 1; i < Starts; i++)
        {
            using var service = new ServiceProcess(seat, domainId, model);
            ready.Add(service.WaitUntilReady());
            Stop(service);
        }

        using var last = new ServiceProcess(seat, domainId, model);
        ready.Add(last.WaitUntilReady());
        Settle();
        var quiet = Percent(last.Id).Total;
        (double Total, object ByThread) busy;
        long written;
        using (var signals = new KilohertzSignals(seat))
        {
            Settle();
            var before = signals.Written;
            busy = Percent(last.Id);
            written = signals.Written - before;
        }

        var resident = Machine.MemoryMiB(last.Id, "VmRSS");
        var peak = Machine.MemoryMiB(last.Id, "VmHWM");
        Stop(last);
        var ok = ready.At(0.5) < LimitReadyMs && busy.Total < LimitIdlePercent && exitCodes.TrueForAll(code => code == 0);
        return new Outcome(ok, new
        {
            between = "process started and AgentHealth Ok seen in another process; processor time of the process from /proc, share of one core",
            starts = ready.Count,
            ready_p50_ms = ready.At(0.5),
            ready_max_ms = ready.At(1),
            limit_ready_ms = LimitReadyMs,
            ratio_ready_to_limit = Math.Round(ready.At(0.5) / LimitReadyMs, 2),
            resident_mib = resident,
            peak_resident_mib = peak,
            idle_percent_no_signals = quiet,
            idle_percent_1khz = busy.Total,
            idle_percent_1khz_by_thread = busy.ByThread,
            signals_per_second = Math.Round(written / IdleSeconds),
            limit_idle_percent = LimitIdlePercent,
            stop_p50_ms = stopped.At(0.5),
            stop_max_ms = stopped.At(1),
            exit_codes = exitCodes,
            ok,
        });

        void Stop(ServiceProcess service)
        {
            var (took, code) = service.Stop();
            stopped.Add(took);
            exitCodes.Add(code);
        }
    }

    private static (double Total, object ByThread) Percent(int processId)
    {
        var threads = Machine.SecondsByThreadName(processId);
        var before = Machine.ProcessorSeconds(processId);
        Wait(IdleSeconds);
        var total = Share(Machine.ProcessorSeconds(processId) - before);
        return (total, Machine.SecondsByThreadName(processId)
            .Select(thread => (Name: thread.Key, Percent: Share(thread.Value - threads.GetValueOrDefault(thread.Key))))
            .Where(thread => thread.Percent >= 0.1)
            .OrderByDescending(thread => thread.Percent)
            .ToDictionary(thread => thread.Name, thread => thread.Percent));
    }

    private static double Share(double seconds) => Math.Round(seconds / IdleSeconds * 100, 2);

    /// <summary>After the start and after the first signals the runtime still compiles; that is over by then.</summary>
    private static void Settle() => Wait(3);

    private static void Wait(double seconds)
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(TimeSpan.FromSeconds(seconds));
    }
}
