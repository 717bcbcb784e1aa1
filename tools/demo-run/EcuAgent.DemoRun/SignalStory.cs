using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>Picks from the stream of signals what a person wants to see: changes of gear and brake, standing and driving off, steps of speed.</summary>
internal sealed class SignalStory(Timeline timeline)
{
    private const double StandstillMetersPerSecond = 0.5 / 3.6;
    private const double StepMetersPerSecond = 15 / 3.6;
    private static readonly TimeSpan ShortestBetweenSteps = TimeSpan.FromSeconds(1.5);

    private double _shownSpeed = double.NaN;
    private TimeSpan _shownAt = TimeSpan.Zero;
    private V1.GearPosition? _gear;
    private bool? _brake;

    public void Tell(BusEvent value)
    {
        switch (value)
        {
            case BusSample<V1.VehicleSpeed> { IsGone: true }:
                Forget();
                timeline.Print(EventKind.Signal, "the drive's ECUs have left the bus");
                break;
            case BusSample<V1.VehicleSpeed> { Sample: var s }:
                TellSpeed(s.SpeedMps);
                break;
            case BusSample<V1.Gear> { IsGone: false, Sample: var s } when s.Position != _gear:
                timeline.Print(EventKind.Signal, $"gear {(_gear is { } before ? $"{before} -> " : "")}{s.Position}");
                _gear = s.Position;
                break;
            case BusSample<V1.ParkingBrake> { IsGone: false, Sample: var s } when s.Engaged != _brake:
                timeline.Print(EventKind.Signal, $"parking brake {(s.Engaged ? "on" : "off")}");
                _brake = s.Engaged;
                break;
        }
    }

    private void TellSpeed(double metersPerSecond)
    {
        var stands = Math.Abs(metersPerSecond) < StandstillMetersPerSecond;
        var stood = Math.Abs(_shownSpeed) < StandstillMetersPerSecond;
        var crossed = double.IsNaN(_shownSpeed) || stands != stood;
        var stepped = Math.Abs(metersPerSecond - _shownSpeed) >= StepMetersPerSecond && timeline.Elapsed - _shownAt >= ShortestBetweenSteps;
        if (!crossed && !stepped)
        {
            return;
        }

        var what = stands ? "stands" : crossed && stood ? "drives off" : "speed";
        timeline.Print(EventKind.Signal, $"{what}, {Wording.Speed(metersPerSecond)}");
        _shownSpeed = metersPerSecond;
        _shownAt = timeline.Elapsed;
    }

    private void Forget()
    {
        _shownSpeed = double.NaN;
        _shownAt = TimeSpan.Zero;
        _gear = null;
        _brake = null;
    }
}
