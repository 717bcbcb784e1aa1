using EcuAgent.Conformance.Peer;
using EcuAgent.Conformance.Tests.Rig;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.Conformance.Tests;

/// <summary>What the service may rely on whatever the bus: every adapter passes the same suite, over real sockets on loopback.</summary>
public abstract class BusConformance<TRig> : IDisposable
    where TRig : BusRig, new()
{
    private static readonly V1.Validity Valid = V1.Validity.Valid;

    private readonly TRig _rig = new();

    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Signals_OfEveryTopic_ReachThePicture()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();

        // Sent until taken: a bus may need a second sample before it trusts a sender.
        await Eventually.TrueAsync(
            () =>
            {
                SendAll(car);
                var s = cockpit.State.TakeSnapshot();
                return s.SpeedMetersPerSecond.IsValid && s.Gear.IsValid && s.ParkingBrakeEngaged.IsValid && s.PowerMode.IsValid && s.Location.IsValid
                    && s.Energy.IsValid && s.CabinCamera.IsValid && s.Climate.IsValid && s.Navigation.IsValid;
            },
            "a picture without gaps");
        var picture = cockpit.State.TakeSnapshot();
        Assert.Equal(-1.25, picture.SpeedMetersPerSecond.Value);
        Assert.Equal(GearPosition.Reverse, picture.Gear.Value);
        Assert.True(picture.ParkingBrakeEngaged.Value);
        Assert.Equal(PowerModeKind.On, picture.PowerMode.Value);
        Assert.Equal((48.5, 11.25), (picture.Location.Value.LatitudeDegrees, picture.Location.Value.LongitudeDegrees));
        Assert.Equal(61.5, picture.Energy.Value.StateOfChargePercent);
        Assert.Equal(7, picture.CabinCamera.Value.DrowsinessKss);
        Assert.Equal("c-climate", picture.Climate.Value.LastCommandId);
        Assert.Equal("München 机场", picture.Navigation.Value.DestinationName);
        Assert.Equal(DrivingState.Moving, picture.Driving.State);
    }

    [Fact]
    public async Task GateStatus_WhenTheCarBeginsToDrive_IsToldWithItsReasons()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        using var drive = new Drive(car, 0, V1.GearPosition.Park);
        await Told(car, V1.DrivingState.Parked);

        drive.Set(14, V1.GearPosition.Drive);

        var moving = await Told(car, V1.DrivingState.Moving);
        Assert.Equal(("cockpit", "strict"), (moving.Source.ToString(), moving.PolicyProfile.ToString()));
        Assert.Contains("above_standstill", moving.Reasons.ToString(), StringComparison.Ordinal);
        Assert.Contains(cockpit.Events.Of<DrivingStateStatus>(), s => s.State == DrivingState.Moving);
    }

    [Fact]
    public async Task GateStatus_WhileNothingChanges_IsRepeatedAndNumbered()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();

        // Who joins while a value is written may get it twice: as what was last, and as what is new.
        List<uint> numbers = [];
        await Eventually.TrueAsync(() => (numbers = [.. car.Received<V1.GateStatus>().Select(s => s.SequenceNumber).Distinct()]).Count >= 3, "three repetitions");
        Assert.Equal(Enumerable.Range((int)numbers[0], numbers.Count).Select(n => (uint)n), numbers);
    }

    [Fact]
    public async Task LateListener_GetsTheLastHeartbeatAndGateStatus()
    {
        using var cockpit = _rig.OpenCockpit();
        cockpit.Beat(41);
        cockpit.Beat(42);

        using var car = _rig.OpenCar([]);

        Assert.Equal(42u, (await Eventually.OneOfAsync(car.Received<V1.AgentHealth>, _ => true, "the heartbeat")).UtterancesReceived);
        await Told(car, V1.DrivingState.Unknown);
    }

    [Fact]
    public async Task LateService_GetsTheLastStateOfWhatIsSentOnChange()
    {
        using var car = _rig.OpenCar();
        var source = BoundedString32.From("ecu.hvac");
        car.TrySend(new V1.ClimateState { Source = source, SourceTimeNs = Clock.NowNs(), SequenceNumber = 1, Validity = Valid, LastCommandId = BoundedString36.From("old") });
        car.TrySend(new V1.ClimateState { Source = source, SourceTimeNs = Clock.NowNs(), SequenceNumber = 2, Validity = Valid, LastCommandId = BoundedString36.From("new") });

        using var cockpit = _rig.OpenCockpit();

        await Eventually.TrueAsync(() => cockpit.State.TakeSnapshot().Climate.IsValid, "the state of the climate");
        Assert.Equal("new", cockpit.State.TakeSnapshot().Climate.Value.LastCommandId);
    }

    [Fact]
    public async Task Command_WithAnEcu_ArrivesOnceAndItsOutcomeComesBack()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        var command = Hvac("c-1");

        await WrittenAsync(cockpit, command);
        await WrittenAsync(cockpit, Navigation("n-1"));

        var arrived = await Eventually.OneOfAsync(car.Received<V1.HvacCommand>, c => c.CommandId.ToString() == "c-1", "the command");
        Assert.Equal(
            ("cockpit", V1.HvacAction.SetTemperature, V1.CabinZone.Driver, 21.5, Units.ToUnixNanoseconds(command.Expires)),
            (arrived.Source.ToString(), arrived.Action, arrived.Zone, arrived.TemperatureCelsius, arrived.ExpiresTimeNs));
        var route = await Eventually.OneOfAsync(car.Received<V1.NavigationCommand>, c => c.CommandId.ToString() == "n-1", "the route");
        Assert.Equal("Flughafen München", route.DestinationName.ToString());

        await Eventually.TrueAsync(car.HasListener<V1.CommandOutcome>, "a listener for outcomes");
        Assert.True(car.TrySend(new V1.CommandOutcome
        {
            Source = BoundedString32.From("ecu.hvac"),
            SourceTimeNs = Clock.NowNs(),
            SequenceNumber = 1,
            CommandId = arrived.CommandId,
            Kind = V1.OutcomeKind.Completed,
            HasAppliedValue = true,
            AppliedValue = 21.5,
        }));

        var outcome = await Eventually.OneOfAsync(cockpit.Events.Of<CommandOutcome>, o => o.CommandId == "c-1", "the outcome");
        Assert.Equal((CommandOutcomeKind.Completed, 21.5), (outcome.Kind, outcome.AppliedValue));

        // A second time of either would have come with what was sent after it.
        await WrittenAsync(cockpit, Hvac("c-2"));
        await Eventually.OneOfAsync(car.Received<V1.HvacCommand>, c => c.CommandId.ToString() == "c-2", "the second command");
        Assert.Single(car.Received<V1.HvacCommand>(), c => c.CommandId.ToString() == "c-1");
        Assert.Single(cockpit.Events.Of<CommandOutcome>());
    }

    [Fact]
    public async Task Command_WithoutItsEcu_IsRefusedAndNotKeptForOneThatComesLater()
    {
        using var cockpit = _rig.OpenCockpit();
        using var other = _rig.OpenCar(["Driving"]);
        await Eventually.TrueAsync(other.HasListener<V1.VehicleSpeed>, "the cockpit");
        Assert.Equal(CommandWriteResult.NoPeer, await cockpit.Bus.SendAsync(Hvac("lost"), default));
        Assert.Equal(CommandWriteResult.NoPeer, await cockpit.Bus.SendAsync(Navigation("lost"), default));
        Assert.Equal(PlaceStatus.TimedOut, (await cockpit.Bus.QueryAsync(Query("lost"), default)).Status);
        other.Dispose();

        using var car = _rig.OpenCar();
        await WrittenAsync(cockpit, Hvac("kept"));

        await Eventually.OneOfAsync(car.Received<V1.HvacCommand>, c => c.CommandId.ToString() == "kept", "the command");
        Assert.DoesNotContain(car.Received<V1.HvacCommand>(), c => c.CommandId.ToString() == "lost");
        Assert.Empty(car.Received<V1.NavigationCommand>());
        Assert.Empty(car.Received<V1.PlaceQuery>());
    }

    [Fact]
    public async Task PlaceQuery_IsAnsweredByItsId()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        await WrittenAsync(cockpit, Navigation("first"));
        await Eventually.TrueAsync(car.HasListener<V1.PlaceResults>, "a listener for places");

        var asked = cockpit.Bus.QueryAsync(Query("q-1"), default);
        var query = await Eventually.OneOfAsync(car.Received<V1.PlaceQuery>, q => q.RequestId.ToString() == "q-1", "the query");
        Assert.Equal("咖啡", query.Text.ToString());
        var results = new V1.PlaceResults { Source = BoundedString32.From("ecu.navigation"), SourceTimeNs = Clock.NowNs(), SequenceNumber = 1, RequestId = query.RequestId, PlaceCount = 8 };
        for (var i = 0; i < 8; i++)
        {
            results.Places[i] = new V1.Place { PlaceId = BoundedString64.From($"p{i}"), Name = BoundedString128.From(new string('名', 42)), LatitudeDeg = i, LongitudeDeg = -i, DistanceM = 100 + i };
        }

        Assert.True(car.TrySend(results));
        var answer = await asked.WaitAsync(Eventually.Watchdog);
        Assert.Equal(PlaceStatus.Found, answer.Status);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => ($"p{i}", 100.0 + i)), answer.Places.Select(p => (p.PlaceId, p.DistanceM)));
    }

    [Fact]
    public async Task Dialogue_BothWays_KeepsItsOrder()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        await Eventually.TrueAsync(car.HasListener<V1.Utterance>, "a listener for utterances");
        await Eventually.TrueAsync(car.HasListener<V1.Confirmation>, "a listener for confirmations");

        for (var i = 0u; i < 5; i++)
        {
            Assert.True(car.TrySend(Said(i)));
        }

        Assert.True(car.TrySend(new V1.Confirmation
        {
            Source = BoundedString32.From("ecu.speech"), SourceTimeNs = Clock.NowNs(), SequenceNumber = 1, QuestionId = BoundedString36.From("question"), Yes = true, Confidence = 0.9,
        }));
        await Eventually.TrueAsync(() => cockpit.Events.Of<Utterance>().Count == 5, "five utterances");
        Assert.Equal(["u0", "u1", "u2", "u3", "u4"], cockpit.Events.Of<Utterance>().Select(u => u.UtteranceId));
        Assert.Equal(new string('热', 170), cockpit.Events.Of<Utterance>()[0].Text);
        Assert.True((await Eventually.OneOfAsync(cockpit.Events.Of<ConfirmationAnswer>, _ => true, "the answer")).Yes);

        // Replies, decisions and orders are not kept for later, so they are said until heard.
        var said = 0;
        await Eventually.TrueAsync(
            () =>
            {
                Publish(cockpit.Bus, ++said);
                return car.Received<V1.AssistantReply>().Count > 0 && car.Received<V1.Decision>().Count > 0 && car.Received<V1.OrderStatus>().Count > 0
                    && car.Received<V1.ParcelStatus>().Count > 0;
            },
            "replies, decisions, orders and parcels");
        var reply = car.Received<V1.AssistantReply>()[0];
        Assert.Equal(("u0", "Gern. 好的"), (reply.UtteranceId.ToString(), reply.Text.ToString()));
        Assert.Equal("hvac_set_temperature", car.Received<V1.Decision>()[0].Tool.ToString());
        Assert.Equal(1250, car.Received<V1.OrderStatus>()[0].AmountMinorUnits);
        Assert.Equal("parcel", car.Received<V1.ParcelStatus>()[0].ParcelId.ToString());
        uint[] numbers = [.. car.Received<V1.AssistantReply>().Select(r => r.SequenceNumber)];
        Assert.Equal(numbers.Order(), numbers);
    }

    [Fact]
    public async Task Speed_ThatStops_MissesItsDeadlineAndTheStateBecomesUnknown()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        using (new Drive(car, 14, V1.GearPosition.Drive))
        {
            await cockpit.DrivesAsync(DrivingState.Moving);
        }

        await cockpit.DrivesAsync(DrivingState.Unknown);
        await Eventually.TrueAsync(() => cockpit.Warnings.Count(new(BusWarningKind.DeadlineMissed, "VehicleSpeed", "DEADLINE")) > 0, "the missed deadline");
        await Told(car, V1.DrivingState.Unknown, after: V1.DrivingState.Moving);
    }

    [Fact]
    public async Task Car_ThatLeaves_TakesItsSignalsWithIt()
    {
        // With this rule nothing gets too old: only the bus can tell that the sender is gone.
        using var cockpit = _rig.OpenCockpit(options: new VehicleStateOptions { Driving = new DrivingStateOptions { OnChangeFreshness = OnChangeFreshness.Liveliness } });
        var car = _rig.OpenCar();
        using (var drive = new Drive(car, 0, V1.GearPosition.Park))
        {
            await cockpit.DrivesAsync(DrivingState.Parked);
        }

        car.Dispose();

        await Eventually.TrueAsync(() => cockpit.State.TakeSnapshot().Gear.Quality == SignalQuality.SourceLost, "the lost gear");
        Assert.Equal(DrivingState.Unknown, cockpit.Driving);
    }

    [Fact]
    public async Task Car_KilledAndStartedAgain_IsTakenAgainByItself()
    {
        using var cockpit = _rig.OpenCockpit();
        using (var first = _rig.StartCarProcess())
        {
            await cockpit.DrivesAsync(DrivingState.Moving);
            await WrittenAsync(cockpit, Hvac("before"));
            first.Kill();
            await cockpit.DrivesAsync(DrivingState.Unknown);
        }

        using var second = _rig.StartCarProcess();
        await cockpit.DrivesAsync(DrivingState.Moving);
        await WrittenAsync(cockpit, Hvac("after"));
    }

    [Fact]
    public async Task Cockpit_StartedAgain_IsFoundAgainByItself()
    {
        using var car = _rig.OpenCar();
        using var drive = new Drive(car, 14, V1.GearPosition.Drive);
        using (var first = _rig.OpenCockpit())
        {
            await first.DrivesAsync(DrivingState.Moving);
        }

        using var second = _rig.OpenCockpit();
        await second.DrivesAsync(DrivingState.Moving);
        second.Beat(7);
        await Eventually.OneOfAsync(car.Received<V1.AgentHealth>, h => h.UtterancesReceived == 7, "the heartbeat of the second");
    }

    [Fact]
    public async Task Samples_ThatMakeNoSense_AreCountedAndTheNextOneIsTaken()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        using (new Drive(car, 0, V1.GearPosition.Park))
        {
            await cockpit.DrivesAsync(DrivingState.Parked);
        }

        await Eventually.TrueAsync(car.HasListener<V1.Utterance>, "a listener for utterances");
        var before = cockpit.Bus.Ingest.SamplesRejected;
        var brake = BoundedString32.From("ecu.brake");
        car.TrySend(new V1.VehicleSpeed { Source = brake, SourceTimeNs = Clock.NowNs(), SequenceNumber = 900, Validity = Valid, SpeedMps = double.NaN });
        await Eventually.TrueAsync(() => cockpit.Bus.Ingest.SamplesRejected >= before + 1, "NaN counted");
        Assert.Equal(DrivingState.Unknown, cockpit.Driving);
        car.TrySend(new V1.VehicleSpeed { SourceTimeNs = Clock.NowNs(), SequenceNumber = 901, Validity = Valid });
        await Eventually.TrueAsync(() => cockpit.Bus.Ingest.SamplesRejected >= before + 2, "no source counted");
        Assert.True(car.TrySend(Said(1) with { UtteranceId = default }));
        Assert.True(car.TrySend(Said(2) with { AsrConfidence = 1.5 }));
        await Eventually.TrueAsync(() => cockpit.Bus.Ingest.SamplesRejected >= before + 4, "bad utterances counted");

        Assert.True(car.TrySend(Said(3)));
        using var again = new Drive(car, 14, V1.GearPosition.Drive);

        await cockpit.DrivesAsync(DrivingState.Moving);
        Assert.Equal("u3", (await Eventually.OneOfAsync(cockpit.Events.Of<Utterance>, _ => true, "the good utterance")).UtteranceId);
        Assert.Single(cockpit.Events.Of<Utterance>());
    }

    [Fact]
    public async Task IngestThread_HeldUp_LosesOnlyWhatIsCountedAndThenHasTheNewest()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        await Eventually.TrueAsync(car.HasListener<V1.Utterance>, "a listener for utterances");
        var brake = BoundedString32.From("ecu.brake");
        var number = 0u;
        await Eventually.TrueAsync(
            () =>
            {
                car.TrySend(Position(0));
                return cockpit.State.TakeSnapshot().Location.IsValid;
            },
            "a first position");
        cockpit.Events.Flow.Reset();
        Assert.True(car.TrySend(Said(0)));
        Assert.True(cockpit.Events.Stands.Wait(Eventually.Watchdog));

        // Far more than any queue on the way holds.
        var taken = 1;
        for (var i = 1u; i <= 400; i++)
        {
            car.TrySend(Position(0.1 * i));
            taken += car.TrySend(Said(i)) ? 1 : 0;
        }

        cockpit.Events.Flow.Set();

        await Eventually.TrueAsync(() => cockpit.State.TakeSnapshot().Location.Value.LongitudeDegrees == 40, "the newest position");
        Assert.True(car.TrySend(Said(1000)));
        await Eventually.OneOfAsync(cockpit.Events.Of<Utterance>, u => u.UtteranceId == "u1000", "an utterance after the flood");
        var came = cockpit.Events.Of<Utterance>().Select(u => int.Parse(u.UtteranceId.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(came.Order(), came);
        Assert.InRange(came.Count, 32, taken + 1);

        V1.Location Position(double longitude) =>
            new() { Source = brake, SourceTimeNs = Clock.NowNs(), SequenceNumber = ++number, Validity = Valid, LatitudeDeg = 10, LongitudeDeg = longitude };
    }

    [Fact]
    public async Task Service_ThatDoesNotLead_WritesItsHeartbeatOnly()
    {
        var mayAct = false;
        using var cockpit = _rig.OpenCockpit(() => Volatile.Read(ref mayAct));
        using var car = _rig.OpenCar();
        cockpit.Beat(1);
        await Eventually.OneOfAsync(car.Received<V1.AgentHealth>, _ => true, "the heartbeat");
        await Eventually.TrueAsync(() => cockpit.Bus.SendAsync(Hvac("held"), default).AsTask().Result == CommandWriteResult.Refused, "a command that is held back");
        Publish(cockpit.Bus, 1);

        Volatile.Write(ref mayAct, true);
        await WrittenAsync(cockpit, Hvac("led"));

        await Eventually.OneOfAsync(car.Received<V1.HvacCommand>, c => c.CommandId.ToString() == "led", "the command");
        await Told(car, V1.DrivingState.Unknown);
        Assert.Single(car.Received<V1.HvacCommand>());
        Assert.Empty(car.Received<V1.AssistantReply>());
        Assert.True(cockpit.Bus.Withheld >= 2);
    }

    [Fact]
    public async Task Events_BothWays_CostNoManagedMemory()
    {
        using var cockpit = _rig.OpenCockpit();
        using var car = _rig.OpenCar();
        await Eventually.TrueAsync(car.HasListener<V1.VehicleSpeed>, "a listener for the speed");
        const int EventsARound = 300;
        const int SmallestObjectBytes = 24;
        var number = 0u;
        var least = long.MaxValue;
        for (var round = 0; round < 20 && least > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Send(EventsARound);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The rest of the process lives as well (discovery, timers, the thread pool), and costs less than the smallest object for each event would.
        Assert.InRange(least, 0, (EventsARound * SmallestObjectBytes) - 1);

        void Send(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var received = cockpit.Bus.Ingest.SamplesReceived;
                car.TrySend(new V1.VehicleSpeed
                {
                    Source = s_brake, SourceTimeNs = Clock.NowNs(), SequenceNumber = ++number, Validity = Valid, SpeedMps = 10,
                });
                var spin = default(SpinWait);
                var begin = Environment.TickCount64;
                while (cockpit.Bus.Ingest.SamplesReceived == received && Environment.TickCount64 - begin < 1000)
                {
                    spin.SpinOnce();
                }
            }
        }
    }

    private static readonly BoundedString32 s_brake = BoundedString32.From("ecu.brake");

    private static async Task<V1.GateStatus> Told(ICar car, V1.DrivingState state, V1.DrivingState? after = null) => await Eventually.OneOfAsync(
        () => after is { } first ? [.. car.Received<V1.GateStatus>().SkipWhile(s => s.DrivingState != first)] : car.Received<V1.GateStatus>(),
        s => s.DrivingState == state,
        $"GateStatus {state}");

    /// <summary>Sends until the ECU is there: until then nothing leaves.</summary>
    private static Task WrittenAsync(Cockpit cockpit, HvacCommand command) =>
        Eventually.TrueAsync(() => Written(cockpit.Bus.SendAsync(command, default).AsTask().Result), "the climate ECU");

    private static Task WrittenAsync(Cockpit cockpit, NavigationCommand command) =>
        Eventually.TrueAsync(() => Written(cockpit.Bus.SendAsync(command, default).AsTask().Result), "the navigation ECU");

    private static bool Written(CommandWriteResult result)
    {
        Assert.NotEqual(CommandWriteResult.Refused, result);
        return result == CommandWriteResult.Written;
    }

    private static HvacCommand Hvac(string id) => new()
    {
        CommandId = id,
        UtteranceId = "u0",
        Issued = DateTimeOffset.UtcNow,
        Expires = DateTimeOffset.UtcNow.AddSeconds(5),
        Action = HvacAction.SetTemperature,
        Zone = CabinZone.Driver,
        TemperatureCelsius = 21.5,
    };

    private static NavigationCommand Navigation(string id) => new()
    {
        CommandId = id,
        UtteranceId = "u0",
        Issued = DateTimeOffset.UtcNow,
        Expires = DateTimeOffset.UtcNow.AddSeconds(5),
        Action = NavigationAction.SetDestination,
        DestinationName = "Flughafen München",
    };

    private static PlaceQuery Query(string id) => new() { RequestId = id, Expires = DateTimeOffset.UtcNow.AddSeconds(30), Text = "咖啡" };

    private static V1.Utterance Said(uint number) => new()
    {
        Source = BoundedString32.From("ecu.speech"),
        SourceTimeNs = Clock.NowNs(),
        SequenceNumber = number + 1,
        UtteranceId = BoundedString36.From($"u{number}"),
        Text = BoundedString512.From(new string('热', 170)),
        AsrConfidence = 0.9,
        Language = BoundedString16.From("zh"),
        SpeakerZone = V1.CabinZone.Driver,
    };

    private static void SendAll(ICar car)
    {
        var (source, now) = (BoundedString32.From("ecu.all"), Clock.NowNs());
        var number = (uint)(now / 1000 % 1_000_000_000);
        car.TrySend(new V1.VehicleSpeed { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, SpeedMps = -1.25 });
        car.TrySend(new V1.Gear { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, Position = V1.GearPosition.Reverse });
        car.TrySend(new V1.ParkingBrake { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, Engaged = true });
        car.TrySend(new V1.PowerMode { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, Mode = V1.PowerModeKind.On });
        car.TrySend(new V1.Location { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, LatitudeDeg = 48.5, LongitudeDeg = 11.25, HeadingDeg = 90 });
        car.TrySend(new V1.Energy { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, StateOfChargePercent = 61.5, FuelLevelPercent = double.NaN });
        car.TrySend(new V1.CabinCameraEvent { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, DrowsinessKss = 7, AttentionProbability = 0.5, Confidence = 0.9 });
        car.TrySend(new V1.ClimateState { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, LastCommandId = BoundedString36.From("c-climate") });
        car.TrySend(new V1.NavigationState { Source = source, SourceTimeNs = now, SequenceNumber = number, Validity = Valid, DestinationName = BoundedString128.From("München 机场") });
    }

    private static void Publish(CockpitBus bus, int number)
    {
        var token = CancellationToken.None;
        bus.PublishAsync(new AssistantReply { ReplyId = $"r{number}", UtteranceId = "u0", Text = "Gern. 好的", Language = "de" }, token).AsTask().Wait(token);
        bus.PublishAsync(
            new DecisionRecord
            {
                DecisionId = $"d{number}", Time = DateTimeOffset.UtcNow, UtteranceId = "u0", Tool = "hvac_set_temperature", Kind = DecisionKind.Allow, Reason = "ok",
            },
            token).AsTask().Wait(token);
        bus.PublishAsync(new OrderStatus("order", OrderState.Placed, "coffee", "", "Kaffeehaus", new Money(1250, "EUR")), token).AsTask().Wait(token);
        bus.PublishAsync(new ParcelStatus("parcel", OrderProgress.OnTheWay, "carrier", "book", null), token).AsTask().Wait(token);
    }
}
