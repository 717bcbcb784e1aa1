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
        var quiet = Percent(last.Id);
        long written;
        double busy;
        using (var signals = new KilohertzSignals(seat))
        {
            var before = signals.Written;
            busy = Percent(last.Id);
            written = signals.Written - before;
        }

        var resident = Machine.MemoryMiB(last.Id, "VmRSS");
        var peak = Machine.MemoryMiB(last.Id, "VmHWM");
        Stop(last);
        var ok = ready.At(0.5) < LimitReadyMs && busy < LimitIdlePercent && exitCodes.TrueForAll(code => code == 0);
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
            idle_percent_1khz = busy,
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

    private static double Percent(int processId)
    {
        // The first second after the start or after the first signals still compiles.
        using var wait = new ManualResetEvent(false);
        wait.WaitOne(TimeSpan.FromSeconds(1));
        var before = Machine.ProcessorSeconds(processId);
        wait.WaitOne(TimeSpan.FromSeconds(IdleSeconds));
        return Math.Round((Machine.ProcessorSeconds(processId) - before) / IdleSeconds * 100, 2);
    }
}
