using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Control;

/// <summary>Bodies of the control requests.</summary>
internal static class ControlShapes
{
    public static Shape Fault { get; } = Shape.Closed(
        ("fault!", Shape.Text),
        ("merchant", Shape.Text),
        ("operation", Shape.Text),
        ("count", Shape.IntegerFrom(1)),
        ("skip", Shape.IntegerFrom(0)),
        ("milliseconds", Shape.IntegerFrom(1)),
        ("bytes", Shape.IntegerFrom(0)),
        ("status", Shape.Integer),
        ("percent", Shape.Integer),
        ("location", Shape.Text));

    public static Shape Price { get; } = Shape.Closed(("merchant!", Shape.Text), ("item!", Shape.Text), ("price!", Shape.IntegerFrom(1)));

    public static Shape Stock { get; } = Shape.Closed(("merchant!", Shape.Text), ("item!", Shape.Text), ("stock!", Shape.IntegerFrom(0)));

    public static Shape Advance { get; } = Shape.Closed(("merchant", Shape.Text), ("order", Shape.Text), ("steps", Shape.IntegerFrom(1)));

    public static Shape Webhooks { get; } = Shape.Closed(("url!", Shape.Either(Shape.Text, Shape.Null)), ("secret", Shape.TextUpTo(500, minLength: 1)));

    public static Shape Approve { get; } = Shape.Closed(("session!", Shape.Text));
}
