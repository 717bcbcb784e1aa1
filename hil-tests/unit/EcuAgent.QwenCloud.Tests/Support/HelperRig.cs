using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Policy;
using EcuAgent.QwenCloud.Helping;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>A helper with real record, consent, policy, catalogue and HTTP client against a real server; only the time is the test's.</summary>
internal sealed class HelperRig : IAsyncDisposable
{
    internal const double Latitude = 48.137432;
    internal const double Longitude = 11.575491;
    internal const string Vin = "WVWZZZ1JZXW386752";

    internal static readonly ToolCatalogue Catalogue = ToolCatalogue.LoadEmbedded();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-cloud-");
    private readonly CallValidator _validator = new(Catalogue);
    private CloudHelper? _helper;
    private uint _sequence;

    private HelperRig(Endpoint endpoint)
    {
        Endpoint = endpoint;
        Options = new QwenCloudOptions
        {
            Enabled = true,
            Endpoint = endpoint.Base,
            ApiKeyVariable = TestKey.SetVariable,
            Directory = Path.Combine(_folder.FullName, "cloud"),
        };
        State = new VehicleState(Time, new VehicleStateOptions());
        Park();
    }

    internal Endpoint Endpoint { get; }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    internal VehicleState State { get; }

    internal QwenCloudOptions Options { get; set; }

    internal GatePolicy Policy { get; set; } = PolicyLoader.LoadBundled("strict");

    internal bool IsQuestionOpen { get; set; }

    internal bool IsOnline { get; set; } = true;

    internal TimeSpan ModelBudget { get; set; } = TimeSpan.FromSeconds(8);

    internal string Folder => Options.ResolvedDirectory;

    internal CloudHelper Helper => _helper ??= new CloudHelper(Options, new CloudHelperServices
    {
        Catalogue = Catalogue,
        Snapshot = State.TakeSnapshot,
        Policy = new PolicyHolder(Policy),
        IsQuestionOpen = () => IsQuestionOpen,
        IsOnline = () => IsOnline,
        ModelBudget = ModelBudget,
        Time = Time,
    });

    /// <summary>The next request is asked with the options as they are now.</summary>
    internal void Restart()
    {
        _helper?.Dispose();
        _helper = null;
    }

    internal IReadOnlyList<SentEntry> Record => SentRecordReader.Read(Folder).Entries;

    internal static async Task<HelperRig> StartAsync(bool consent = true)
    {
        var rig = new HelperRig(await Endpoint.StartAsync());
        if (consent)
        {
            rig.Consent();
        }

        return rig;
    }

    internal void Consent(bool given = true, string? endpoint = null, int version = SentFields.Version) => new StandingConsent
    {
        Given = given,
        Endpoint = endpoint ?? Options.Origin,
        FieldsVersion = version,
        Time = Time.GetUtcNow(),
    }.Write(Folder);

    internal CallValidation Call(string name, params (string Name, object? Value)[] arguments) =>
        _validator.Validate(new ProposedCall(name, arguments.ToDictionary(a => a.Name, a => a.Value)), "");

    /// <summary>The answer of a local model that does not know what to do.</summary>
    internal CallValidation[] Unclear => [Call("clarify", ("about", "unclear"))];

    internal Task<ChatResponse?> AskAsync(string utterance = "blow a little harder please", CallValidation[]? local = null, TimeSpan spent = default) =>
        Helper.TryAsync(utterance, local ?? Unclear, spent, CancellationToken.None);

    /// <summary>Asks while the test's time passes.</summary>
    internal Task<ChatResponse?> AskPumpedAsync(string utterance = "blow a little harder please") => Time.UntilAsync(AskAsync(utterance));

    internal void Park() => Go(GearPosition.Park, 0, DrivingState.Parked);

    internal void Drive() => Go(GearPosition.Drive, 14, DrivingState.Moving);

    private void Go(GearPosition gear, double metersPerSecond, DrivingState state)
    {
        for (var i = 0; i < 40; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            Refresh(gear, metersPerSecond);
        }

        Assert.Equal(state, State.TakeSnapshot().Driving.State);
    }

    /// <summary>The car tells everything that must not leave.</summary>
    internal void Refresh(GearPosition gear = GearPosition.Park, double metersPerSecond = 0)
    {
        State.Apply(new GearSample(Envelope(), gear));
        State.Apply(new SpeedSample(Envelope(), metersPerSecond));
        State.Apply(new LocationSample(Envelope(), Latitude, Longitude, 519.25, 271.5, 3.25));
        State.Apply(new CabinCameraSample(Envelope(), 7, true, 0.3127, 0.8815, default));
        State.Apply(new NavigationSample
        {
            Envelope = Envelope(),
            RouteActive = true,
            DestinationName = "Planted Clinic",
            DestinationLatitudeDegrees = 48.218913,
            DestinationLongitudeDegrees = 11.624707,
            RemainingDistanceMeters = 12_345,
            RemainingTimeSeconds = 901,
        });
        State.Evaluate();
    }

    internal static (string Name, Dictionary<string, string?> Arguments)[] CallsOf(ChatResponse? response) =>
        [.. CallReader.CallsOf(response!).Select(c => (c.Name, c.Arguments!.ToDictionary(a => a.Key, a => a.Value?.ToString())))];

    public async ValueTask DisposeAsync()
    {
        _helper?.Dispose();
        await Endpoint.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SampleEnvelope Envelope() => new(
        default,
        (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * Units.NanosecondsPerTick,
        Time.GetTimestamp(),
        ++_sequence,
        SampleValidity.Valid);
}
