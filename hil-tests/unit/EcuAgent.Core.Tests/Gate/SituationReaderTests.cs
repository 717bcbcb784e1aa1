using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

public class SituationReaderTests
{
    private static readonly SeatOccupancy[] Family =
    [
        new(CabinZone.Driver, true, true, false),
        new(CabinZone.Passenger, true, true, true),
        new(CabinZone.RearLeft, false, false, false),
        new(CabinZone.RearRight, false, false, true),
    ];

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly VehicleState state;
    private uint sequence;

    public SituationReaderTests() => state = new(time, new VehicleStateOptions());

    [Fact]
    public void Read_NothingReceived_IsTheStrictestSituation() =>
        Assert.Equal(default, SituationReader.Read(state.TakeSnapshot()) with { TransitionCount = 0 });

    [Fact]
    public void Read_SureCamera_SaysWhoSitsWhereAndHowTheDriverIs()
    {
        See(0.9, 4, false, 0.8);

        GateSituation situation = SituationReader.Read(state.TakeSnapshot());

        Assert.Equal(new DriverCondition(4, 0.8, false), situation.Driver);
        Assert.Equal(
            (SeatOccupant.Adult, SeatOccupant.Child, SeatOccupant.Empty, SeatOccupant.Unknown),
            (situation.DriverSeat, situation.PassengerSeat, situation.RearLeftSeat, situation.RearRightSeat));
        Assert.Equal(SeatOccupant.Unknown, situation.OccupantOf(SpeakerZone.Unknown));
    }

    [Fact]
    public void Read_UnsureCamera_ProvesNothingButAChildAndAPhoneStillCount()
    {
        See(0.59, 2, true, 0.9);

        GateSituation situation = SituationReader.Read(state.TakeSnapshot());

        Assert.Equal(new DriverCondition(null, null, true), situation.Driver);
        Assert.Equal(
            (SeatOccupant.Unknown, SeatOccupant.Child, SeatOccupant.Unknown, SeatOccupant.Unknown),
            (situation.DriverSeat, situation.PassengerSeat, situation.RearLeftSeat, situation.RearRightSeat));
    }

    [Fact]
    public void Read_NotMeasured_IsNotKnown()
    {
        See(0.9, 0, false, double.NaN);

        Assert.Equal(new DriverCondition(null, null, false), SituationReader.Read(state.TakeSnapshot()).Driver);
    }

    [Fact]
    public void Read_CameraSilentForTooLong_IsNotKnown()
    {
        See(0.9, 4, false, 0.8);
        time.Advance(new VehicleStateOptions().CabinCameraMaxAge + TimeSpan.FromMilliseconds(1));
        state.Evaluate();

        Assert.Equal(default, SituationReader.Read(state.TakeSnapshot()) with { TransitionCount = 0 });
    }

    [Fact]
    public void Read_DrivingState_IsTheSnapshots()
    {
        sequence++;
        state.Apply(new SpeedSample(Envelope(), 10));
        state.Apply(new GearSample(Envelope(), GearPosition.Drive));
        VehicleSnapshot snapshot = state.TakeSnapshot();

        GateSituation situation = SituationReader.Read(snapshot);

        Assert.Equal(DrivingState.Moving, situation.State);
        Assert.Equal(snapshot.Driving.TransitionCount, situation.TransitionCount);
    }

    private SampleEnvelope Envelope() =>
        new(new SourceId(1), (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100, time.GetTimestamp(), sequence, SampleValidity.Valid);

    private void See(double confidence, int drowsinessKss, bool phone, double attention)
    {
        sequence++;
        ApplyResult result = state.Apply(
            new CabinCameraSample(Envelope(), drowsinessKss, phone, attention, confidence, SeatList.Of(Family)));
        Assert.Equal(SampleVerdict.Accepted, result.Verdict);
    }
}
