using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.VehicleBus.Tests;

/// <summary>The mappings cast enums, so both sides must have the same names for the same numbers.</summary>
public sealed class EnumTests
{
    /// <summary>Values that only our side has: they never go to the wire.</summary>
    private static readonly Dictionary<Type, string[]> OursAlone = new() { [typeof(PlaceStatus)] = [nameof(PlaceStatus.TimedOut)] };

    public static TheoryData<Type, Type> Pairs => new()
    {
        { typeof(V1.Validity), typeof(SampleValidity) },
        { typeof(V1.GearPosition), typeof(GearPosition) },
        { typeof(V1.PowerModeKind), typeof(PowerModeKind) },
        { typeof(V1.CabinZone), typeof(CabinZone) },
        { typeof(V1.DrivingState), typeof(DrivingState) },
        { typeof(V1.AirflowDirection), typeof(AirflowDirection) },
        { typeof(V1.RouteAvoidance), typeof(RouteAvoidance) },
        { typeof(V1.PlaceCategory), typeof(PlaceCategory) },
        { typeof(V1.PlaceNear), typeof(PlaceNear) },
        { typeof(V1.PlaceStatus), typeof(PlaceStatus) },
        { typeof(V1.NavigationAction), typeof(NavigationAction) },
        { typeof(V1.HvacAction), typeof(HvacAction) },
        { typeof(V1.OutcomeKind), typeof(CommandOutcomeKind) },
        { typeof(V1.HealthState), typeof(ServiceHealth) },
        { typeof(V1.ActionClass), typeof(ActionClass) },
        { typeof(V1.DecisionKind), typeof(DecisionKind) },
        { typeof(V1.OrderState), typeof(OrderState) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Enum_OfTheWireAndOurs_HaveEqualNamesAndNumbers(Type wire, Type ours)
    {
        var alone = OursAlone.GetValueOrDefault(ours, []);
        Assert.Equal(Values(wire), Values(ours).Where(v => !alone.Contains(v.Name)));
        Assert.All(alone, name => Assert.Contains(name, Enum.GetNames(ours)));
    }

    [Fact]
    public void Enums_OfTheWire_AreAllPaired()
    {
        Type[] notMapped = [typeof(V1.ParcelState)]; // no parcel service is connected yet
        var wire = typeof(V1.Gear).Assembly.GetExportedTypes().Where(t => t.IsEnum && t.Namespace == typeof(V1.Gear).Namespace);
        Assert.Equal(
            wire.Except(notMapped).Select(t => t.Name).Order(),
            Pairs.Select(p => p.Data.Item1.Name).Order());
    }

    private static IEnumerable<(string Name, int Number)> Values(Type type) =>
        Enum.GetNames(type).Select(n => (n, Convert.ToInt32(Enum.Parse(type, n)))).OrderBy(v => v.Item2);
}
