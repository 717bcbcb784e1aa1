using System.Reflection;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.VehicleBus.Tests;

public sealed class WireMappingTests
{
    private static readonly DateTimeOffset Issued = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.FromHours(1));

    [Fact]
    public void HvacCommand_IsWrittenWhole()
    {
        var wire = Hvac().ToWire();

        Assert.Equal(1_772_362_800_250_000_000, wire.IssuedTimeNs);
        Assert.Equal(wire.IssuedTimeNs + 5_000_000_000, wire.ExpiresTimeNs);
        Assert.Equal("c1", wire.CommandId.ToString());
        Assert.Equal("u1", wire.UtteranceId.ToString());
        Assert.Equal(V1.HvacAction.SetSeatHeating, wire.Action);
        Assert.Equal(V1.CabinZone.RearRight, wire.Zone);
        Assert.Equal(V1.AirflowDirection.Feet, wire.Airflow);
        Assert.Equal((true, -2, 21.5), (wire.On, wire.Level, wire.TemperatureCelsius));
        AllSet(wire);
    }

    [Fact]
    public void NavigationCommand_IsWrittenWhole()
    {
        var wire = new NavigationCommand
        {
            CommandId = "c1",
            UtteranceId = "u1",
            Issued = Issued,
            Expires = Issued.AddSeconds(5),
            Action = NavigationAction.AddStop,
            Avoidance = RouteAvoidance.Tolls,
            PlaceId = "P1",
            DestinationName = "金龙饭店",
            Position = new GeoPoint(48.5, -11.5),
        }.ToWire();

        Assert.Equal(V1.NavigationAction.AddStop, wire.Action);
        Assert.Equal(V1.RouteAvoidance.Tolls, wire.Avoidance);
        Assert.Equal(("P1", "金龙饭店"), (wire.PlaceId.ToString(), wire.DestinationName.ToString()));
        Assert.Equal((48.5, -11.5), (wire.LatitudeDeg, wire.LongitudeDeg));
        AllSet(wire);
    }

    [Fact]
    public void PlaceQuery_IsWrittenWholeAndWithoutAPositionSaysSo()
    {
        var query = new PlaceQuery
        {
            RequestId = "r1",
            Expires = Issued,
            Text = "pizza",
            Category = PlaceCategory.Restaurant,
            Near = PlaceNear.Route,
            OpenNow = true,
            Diet = "vegan",
            MaxResults = 3,
            Position = new GeoPoint(1, 2),
        };
        var wire = query.ToWire();
        Assert.Equal(("r1", "pizza", "vegan", 3), (wire.RequestId.ToString(), wire.Text.ToString(), wire.Diet.ToString(), wire.MaxResults));
        Assert.Equal((V1.PlaceCategory.Restaurant, V1.PlaceNear.Route), (wire.Category, wire.Near));
        AllSet(wire, nameof(V1.PlaceQuery.SourceTimeNs));

        wire = (query with { Position = null }).ToWire();
        Assert.Equal((false, 0.0, 0.0), (wire.HasPosition, wire.LatitudeDeg, wire.LongitudeDeg));
    }

    [Fact]
    public void AssistantReply_IsWrittenWhole()
    {
        var wire = Reply("好的。").ToWire();
        Assert.Equal(("p1", "u1", "好的。"), (wire.ReplyId.ToString(), wire.UtteranceId.ToString(), wire.Text.ToString()));
        Assert.Equal(("zh", "q1", "web"), (wire.Language.ToString(), wire.OpenQuestionId.ToString(), wire.Sources.ToString()));
        Assert.Equal(V1.CabinZone.RearLeft, wire.Zone);
        AllSet(wire, nameof(V1.AssistantReply.SourceTimeNs));
    }

    [Fact]
    public void Decision_IsWrittenWhole()
    {
        var wire = new DecisionRecord
        {
            DecisionId = "d1",
            Time = Issued,
            UtteranceId = "u1",
            CommandId = "c1",
            Tool = "set_fan",
            ActionClass = ActionClass.Comfort,
            Kind = DecisionKind.Allow,
            Reason = "permitted",
            DrivingState = DrivingState.Moving,
            PolicyProfile = "strict",
        }.ToWire();
        Assert.Equal((V1.ActionClass.Comfort, V1.DecisionKind.Allow, V1.DrivingState.Moving), (wire.ActionClass, wire.Kind, wire.DrivingState));
        Assert.Equal(("set_fan", "permitted", "strict"), (wire.Tool.ToString(), wire.Reason.ToString(), wire.PolicyProfile.ToString()));
        AllSet(wire);
    }

    [Fact]
    public void OrderStatus_IsWrittenWholeAndWithoutAnAmountSaysNothingOfMoney()
    {
        var wire = new OrderStatus("o1", OrderState.Placed, "two pizzas", "ok", "Quattro Forni", new Money(1850, "EUR")).ToWire();
        Assert.Equal((V1.OrderState.Placed, 1850L, "EUR"), (wire.State, wire.AmountMinorUnits, wire.Currency.ToString()));
        Assert.Equal(("o1", "two pizzas", "ok", "Quattro Forni"), (wire.OrderId.ToString(), wire.Summary.ToString(), wire.Reason.ToString(), wire.Merchant.ToString()));
        AllSet(wire, nameof(V1.OrderStatus.SourceTimeNs));

        wire = new OrderStatus("o1", OrderState.Failed, "s", "r").ToWire();
        Assert.Equal((0L, ""), (wire.AmountMinorUnits, wire.Currency.ToString()));
    }

    [Theory]
    [InlineData(1021)]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    public void Reply_LongerThanTheBound_IsCutAtACharacterBorder(int asciiBefore)
    {
        var text = new string('a', asciiBefore) + "好😀好";
        var wire = Reply(text).ToWire();

        Assert.True(wire.Text.IsWellFormed);
        Assert.InRange(wire.Text.Utf8.Length, asciiBefore, 1024);
        Assert.StartsWith(wire.Text.ToString(), text, StringComparison.Ordinal);
        Assert.True(wire.Text.Utf8.Length + 4 > 1024, "more would have fitted");
    }

    [Fact]
    public void CommandId_TooLongForTheWire_IsRefusedAndNeverCut() =>
        Assert.Throws<ArgumentException>(() => (Hvac() with { CommandId = new string('c', 37) }).ToWire());

    private static HvacCommand Hvac() => new()
    {
        CommandId = "c1",
        UtteranceId = "u1",
        Issued = Issued,
        Expires = Issued.AddSeconds(5),
        Action = HvacAction.SetSeatHeating,
        Zone = CabinZone.RearRight,
        On = true,
        Level = -2,
        Airflow = AirflowDirection.Feet,
        TemperatureCelsius = 21.5,
    };

    private static AssistantReply Reply(string text) => new()
    {
        ReplyId = "p1",
        UtteranceId = "u1",
        Text = text,
        Language = "zh",
        Zone = SpeakerZone.RearLeft,
        OpenQuestionId = "q1",
        Sources = "web",
        Sponsored = true,
    };

    /// <summary>A field added to the IDL and forgotten in the mapping would be zero.</summary>
    private static void AllSet<T>(T wire, params string[] setByTheBus)
        where T : unmanaged
    {
        string[] always = ["Source", "SequenceNumber", .. setByTheBus];
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !always.Contains(f.Name)))
        {
            Assert.False(field.GetValue(wire)!.Equals(Activator.CreateInstance(field.FieldType)), $"{typeof(T).Name}.{field.Name} is not set");
        }
    }
}
