using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Service;

/// <summary>The real host, started as its own process with a fresh audit folder.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _audit = Directory.CreateTempSubdirectory("ecuagent-bench-").FullName;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<TimeSpan> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DdsReader<V1.AgentHealth> _health;

    internal ServiceProcess(VehicleParticipant seat, uint domainId, string? model, params string[] more)
    {
        var start = new ProcessStartInfo(Repository.Find("ecu-service/EcuAgent.Service/bin/Release/net10.0/EcuAgent.Service")) { RedirectStandardOutput = true };
        string[] arguments =
        [
            "--domain", domainId.ToString(CultureInfo.InvariantCulture), "--audit", _audit,
            "--Logging:LogLevel:EcuAgent.Service.DialogueStage", "Debug", .. model is null ? [] : new[] { "--model", Path.GetFullPath(model) }, .. more,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var begin = 0L;
        _health = seat.Listen<V1.AgentHealth>(health =>
        {
            if (health.State == V1.HealthState.Ok)
            {
                _ready.TrySetResult(Stopwatch.GetElapsedTime(begin));
            }
            else if (health.State == V1.HealthState.Degraded)
            {
                _ready.TrySetException(new InvalidOperationException($"the service is degraded: {health.DegradedReasons}"));
            }
        });
        begin = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) =>
        {
            lock (_lines)
            {
                _lines.Add(e.Data ?? "");
            }
        };
        _process.BeginOutputReadLine();
    }

    internal int Id => _process.Id;

    /// <summary>Waits for AgentHealth Ok.</summary>
    /// <returns>Time since the process was started.</returns>
    internal TimeSpan WaitUntilReady()
    {
        try
        {
            return _ready.Task.WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException("the service was not ready within 60 s:\n" + string.Join('\n', Lines()));
        }
    }

    /// <summary>The agent's own times from its log: planned, first command; from the receipt of the utterance, in ms.</summary>
    internal IEnumerable<(double Planned, double Command)> Turns() => Lines()
        .Select(line => Turn().Match(line)).Where(match => match.Success)
        .Select(match => (Number(match, 1), Number(match, 2)));

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    internal (TimeSpan Took, int ExitCode) Stop()
    {
        var begin = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        _process.WaitForExit();
        return (Stopwatch.GetElapsedTime(begin), _process.ExitCode);
    }

    /// <summary>Ends it at this instant, as <c>kill -9</c> does.</summary>
    internal void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Stop();
        }

        _health.Dispose();
        _process.Dispose();
        Directory.Delete(_audit, recursive: true);
    }

    private List<string> Lines()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"planned after ([\d.]+) ms, first command after ([\d.]+) ms")]
    private static partial Regex Turn();
}
