using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>What the service writes, from its own types to the wire. Texts longer than the bound are cut at a character border.</summary>
internal static class WireMapping
{
    public static V1.HvacCommand ToWire(this HvacCommand c) => new()
    {
        IssuedTimeNs = Units.ToUnixNanoseconds(c.Issued),
        ExpiresTimeNs = Units.ToUnixNanoseconds(c.Expires),
        CommandId = Idl.BoundedString36.From(c.CommandId),
        UtteranceId = Idl.BoundedString36.Truncated(c.UtteranceId),
        Action = (V1.HvacAction)c.Action,
        Zone = (V1.CabinZone)c.Zone,
        On = c.On,
        Level = c.Level,
        Airflow = (V1.AirflowDirection)c.Airflow,
        TemperatureCelsius = c.TemperatureCelsius,
    };

    public static V1.NavigationCommand ToWire(this NavigationCommand c) => new()
    {
        IssuedTimeNs = Units.ToUnixNanoseconds(c.Issued),
        ExpiresTimeNs = Units.ToUnixNanoseconds(c.Expires),
        CommandId = Idl.BoundedString36.From(c.CommandId),
        UtteranceId = Idl.BoundedString36.Truncated(c.UtteranceId),
        Action = (V1.NavigationAction)c.Action,
        Avoidance = (V1.RouteAvoidance)c.Avoidance,
        PlaceId = Idl.BoundedString64.Truncated(c.PlaceId),
        DestinationName = Idl.BoundedString128.Truncated(c.DestinationName),
        LatitudeDeg = c.Position.LatitudeDeg,
        LongitudeDeg = c.Position.LongitudeDeg,
    };

    public static V1.PlaceQuery ToWire(this PlaceQuery q) => new()
    {
        RequestId = Idl.BoundedString36.From(q.RequestId),
        ExpiresTimeNs = Units.ToUnixNanoseconds(q.Expires),
        Text = Idl.BoundedString128.Truncated(q.Text),
        Category = (V1.PlaceCategory)q.Category,
        Near = (V1.PlaceNear)q.Near,
        OpenNow = q.OpenNow,
        Diet = Idl.BoundedString32.Truncated(q.Diet),
        MaxResults = (byte)q.MaxResults,
        HasPosition = q.Position is not null,
        LatitudeDeg = q.Position?.LatitudeDeg ?? 0,
        LongitudeDeg = q.Position?.LongitudeDeg ?? 0,
    };

    public static V1.AssistantReply ToWire(this AssistantReply r) => new()
    {
        ReplyId = Idl.BoundedString36.From(r.ReplyId),
        UtteranceId = Idl.BoundedString36.Truncated(r.UtteranceId),
        Text = Idl.BoundedString1024.Truncated(r.Text),
        Language = Idl.BoundedString16.Truncated(r.Language),
        Zone = ToZone(r.Zone),
        OpenQuestionId = Idl.BoundedString36.Truncated(r.OpenQuestionId),
        Sources = Idl.BoundedString256.Truncated(r.Sources),
        Sponsored = r.Sponsored,
    };

    public static V1.Decision ToWire(this DecisionRecord d) => new()
    {
        SourceTimeNs = Units.ToUnixNanoseconds(d.Time),
        DecisionId = Idl.BoundedString36.From(d.DecisionId),
        UtteranceId = Idl.BoundedString36.Truncated(d.UtteranceId),
        CommandId = Idl.BoundedString36.Truncated(d.CommandId),
        Tool = Idl.BoundedString48.Truncated(d.Tool),
        ActionClass = (V1.ActionClass)d.ActionClass,
        Kind = (V1.DecisionKind)d.Kind,
        Reason = Idl.BoundedString48.Truncated(d.Reason),
        DrivingState = (V1.DrivingState)d.DrivingState,
        PolicyProfile = Idl.BoundedString32.Truncated(d.PolicyProfile),
    };

    public static V1.OrderStatus ToWire(this OrderStatus o) => new()
    {
        OrderId = Idl.BoundedString36.Truncated(o.OrderId),
        State = (V1.OrderState)o.State,
        Merchant = Idl.BoundedString64.Truncated(o.Merchant),
        Summary = Idl.BoundedString128.Truncated(o.Summary),
        Currency = Idl.BoundedString4.Truncated(o.Amount?.Currency ?? ""),
        AmountMinorUnits = o.Amount?.MinorUnits ?? 0,
        Reason = Idl.BoundedString48.Truncated(o.Reason),
    };

    public static V1.ParcelStatus ToWire(this ParcelStatus p) => new()
    {
        ParcelId = Idl.BoundedString36.Truncated(p.ParcelId),
        State = p.Progress switch
        {
            OrderProgress.Placed or OrderProgress.Preparing => V1.ParcelState.Ordered,
            OrderProgress.OnTheWay => V1.ParcelState.Shipped,
            OrderProgress.Ready => V1.ParcelState.OutForDelivery,
            OrderProgress.Fulfilled => V1.ParcelState.Delivered,
            OrderProgress.Failed or OrderProgress.Canceled => V1.ParcelState.Failed,
            _ => V1.ParcelState.Unknown,
        },
        Carrier = Idl.BoundedString64.Truncated(p.Carrier),
        Summary = Idl.BoundedString128.Truncated(p.Summary),
        ExpectedTimeNs = p.ExpectedAt is { } expected ? Units.ToUnixNanoseconds(expected) : 0,
    };

    private static V1.CabinZone ToZone(SpeakerZone zone) => zone switch
    {
        SpeakerZone.Driver => V1.CabinZone.Driver,
        SpeakerZone.Passenger => V1.CabinZone.Passenger,
        SpeakerZone.RearLeft => V1.CabinZone.RearLeft,
        SpeakerZone.RearRight => V1.CabinZone.RearRight,
        _ => V1.CabinZone.Unknown,
    };
}
