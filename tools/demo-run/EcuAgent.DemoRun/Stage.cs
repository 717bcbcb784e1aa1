using System.Globalization;
using System.Text.Json;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>What every scene needs: the processes, the bus, the time line, the promises and the occupants.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(10);

    private readonly Installation _installation;
    private readonly DemoSettings _settings;
    private readonly string _workFolder;
    private readonly CancellationTokenSource _failure = new();
    private readonly List<PartProcess> _parts = [];
    private readonly List<PartProcess> _replays = [];
    private PartProcess? _service;
    private Uri? _merchantsOrigin;
    private int _serviceStarts;
    private volatile string _modelName = "";
    private volatile string _surprise = "";

    public Stage(Installation installation, DemoSettings settings, string workFolder, Timeline timeline, Promises promises)
    {
        _installation = installation;
        _settings = settings;
        _workFolder = workFolder;
        Timeline = timeline;
        Promises = promises;
        Bus = new BusView(settings.Domain, timeline, TimeProvider.System);
        Speaker = new Speaker(Bus, timeline, promises);
        OpenSet = OpenSet.Read(settings.DataFolder);
    }

    public BusView Bus { get; }

    public Timeline Timeline { get; }

    public Promises Promises { get; }

    public Speaker Speaker { get; }

    public OpenSet OpenSet { get; }

    public string WorkFolder => _workFolder;

    public string? DataFolder => _settings.DataFolder;

    /// <summary>What was played, for the summary.</summary>
    public List<string> Drives { get; } = [];

    public string ModelName => _modelName;

    /// <summary>Cancelled when a part that must run ends by surprise.</summary>
    public CancellationToken Failure => _failure.Token;

    /// <summary>Which part ended by surprise, as a sentence; empty when none did.</summary>
    public string Surprise => _surprise;

    /// <summary>Starts the navigation and HVAC ECUs.</summary>
    public async Task StartSimulatorsAsync(CancellationToken cancellationToken)
    {
        Start("ecu-sim", _installation.Simulators, ["--domain", Text(_settings.Domain)]);
        await RequireAsync(o => o.Climate is not null && o.Navigation is not null, "ecu-sim", "ClimateState and NavigationState", cancellationToken);
    }

    /// <summary>Starts the merchants and their payment provider, which write the registry that the service buys with.</summary>
    public async Task StartMerchantsAsync(CancellationToken cancellationToken)
    {
        const string Ready = "ready: ";
        var merchants = Start("merchant-sim", _installation.Merchants, ["--always-open", "--registry", RegistryFolder]);
        var line = await merchants.FirstLine.WaitAsync(ReadyWithin, TimeProvider.System, cancellationToken);
        if (!line.StartsWith(Ready, StringComparison.Ordinal))
        {
            throw new PartFailedException($"merchant-sim: {line}; its log is {merchants.LogFile}");
        }

        _merchantsOrigin = new Uri(line[Ready.Length..line.IndexOf(',', StringComparison.Ordinal)]);
    }

    /// <summary>What the merchants have charged so far, in minor units, by their own books.</summary>
    public async Task<long[]> ChargesAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = _merchantsOrigin };
        using var ledger = JsonDocument.Parse(await http.GetStringAsync("/control/ledger", cancellationToken));
        return [.. ledger.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("amount").GetInt64())];
    }

    /// <summary>Starts the service, and waits until it is well and hears the ECUs.</summary>
    /// <param name="hasParkPosition">Whether the car of the next drive has a Park position.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartServiceAsync(bool hasParkPosition, CancellationToken cancellationToken)
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
            _parts.Remove(_service);
            await RequireAsync(o => o.Health is null or { State: V1.HealthState.Stopping }, "service", "its goodbye", cancellationToken, GoneWithin);
        }

        var before = Bus.Read(o => o.Health is { } health ? health.InstanceId.ToString() : "");
        List<string> arguments =
        [
            "--domain", Text(_settings.Domain),
            "--policy", "strict",
            "--has-park-position", hasParkPosition ? "true" : "false",
            "--audit", Path.Combine(_workFolder, "audit"),
            "--EcuAgent:Commerce:RegistryFile", Path.Combine(RegistryFolder, "merchants.json"),
            "--EcuAgent:Journal:Directory", Path.Combine(_workFolder, "purchases"),
        ];
        if (_settings.ModelFolder is { } model)
        {
            arguments.AddRange(["--model", model]);
        }

        var started = Timeline.Elapsed;
        _service = Start($"service-{Text(++_serviceStarts)}", _installation.Service, arguments);

        // A received sample proves that the service and the ECUs have found each other: nobody else sends at this time.
        await RequireAsync(
            o => o.Health is { } h && h.InstanceId.ToString() != before
                && (h.State == V1.HealthState.Ok ? h.SamplesReceived > 0 : h.DegradedReasons.ToString().Contains("model", StringComparison.Ordinal)),
            "service",
            "AgentHealth OK",
            cancellationToken);
        if (Bus.Read(o => o.Health) is { State: not V1.HealthState.Ok } sick)
        {
            throw new PartFailedException($"the service is degraded: {sick.DegradedReasons}; its log is {_service.LogFile}");
        }

        await Bus.WaitForListenerAsync(cancellationToken).WaitAsync(ReadyWithin, TimeProvider.System, cancellationToken);
        _modelName = ServiceLog.ModelName(_service.LogFile) ?? _modelName;
        Timeline.Print(EventKind.Demo, string.Create(
            CultureInfo.InvariantCulture,
            $"service ready after {(Timeline.Elapsed - started).TotalSeconds:0.0} s, model {_modelName}, car {(hasParkPosition ? "with" : "without")} a Park position"));
    }

    /// <summary>Starts a replay as a process of its own. The caller disposes it.</summary>
    public PartProcess Replay(string drive, double speedFactor, TimeSpan? from = null, TimeSpan? to = null, TimeSpan? hold = null)
    {
        List<string> arguments = ["replay", drive, "--domain", Text(_settings.Domain), "--speed", speedFactor.ToString(CultureInfo.InvariantCulture)];
        Add("--from", from);
        Add("--to", to);
        Add("--hold", hold);
        if (DataFolder is { } data)
        {
            arguments.AddRange(["--data", data]);
        }

        var replay = PartProcess.Start("replay", _installation.Control, arguments, _workFolder, static (_, _) => { });
        _replays.Add(replay);
        return replay;

        void Add(string option, TimeSpan? value)
        {
            if (value is { } time)
            {
                arguments.AddRange([option, time.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);
            }
        }
    }

    /// <summary>Waits for the end of a replay, and until its ECUs are seen to have left the bus.</summary>
    public async Task EndReplayAsync(PartProcess replay, CancellationToken cancellationToken)
    {
        await replay.WaitForEndAsync(cancellationToken);
        if (replay.ExitCode != 0)
        {
            throw new PartFailedException($"the replay ended with {replay.ExitCode}; its log is {replay.LogFile}");
        }

        await RequireAsync(o => o.SpeedMetersPerSecond is null, "replay", "its leaving", cancellationToken, GoneWithin);
    }

    /// <summary>Notes a promise about the states since an earlier look at <see cref="Observation.States"/>.</summary>
    public void PromiseStates(int since, string promise, params V1.DrivingState[] inThisOrder)
    {
        var seen = Bus.Read(o => o.States.Skip(since).Select(s => s.State).ToArray());
        var at = 0;
        foreach (var state in seen)
        {
            if (at < inThisOrder.Length && state == inThisOrder[at])
            {
                at++;
            }
        }

        Promises.Note(at == inThisOrder.Length, $"{promise}: {string.Join(", ", inThisOrder)} in this order; seen {string.Join(", ", seen)}");
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        await Bus.DisposeAsync();
        _failure.Dispose();
    }

    /// <summary>Ends all parts at once; for a process that is being ended itself.</summary>
    public void KillAll()
    {
        foreach (var part in _parts.Concat(_replays).ToArray())
        {
            part.Kill();
        }
    }

    private string RegistryFolder => Path.Combine(_workFolder, "merchants");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private PartProcess Start(string name, string assembly, IEnumerable<string> arguments)
    {
        var part = PartProcess.Start(name, assembly, arguments, _workFolder, OnSurprise);
        _parts.Add(part);
        return part;
    }

    private void OnSurprise(PartProcess part, int exitCode)
    {
        _surprise = $"{part.Name} ended by surprise with exit code {exitCode}; its log is {part.LogFile}";
        try
        {
            _failure.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The demo is over anyway.
        }
    }

    private async Task RequireAsync(
        Func<Observation, bool> seen, string part, string what, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        if (!await Bus.WaitAsync(seen, within ?? ReadyWithin, cancellationToken))
        {
            throw new PartFailedException($"{part}: {what} was not seen within {(within ?? ReadyWithin).TotalSeconds:0} s; logs are in {_workFolder}");
        }
    }
}
