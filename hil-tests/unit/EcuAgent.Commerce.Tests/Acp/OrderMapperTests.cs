using System.Text.Json;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Acp.Wire;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>How far an order is, out of its own word and its parts'.</summary>
public sealed class OrderMapperTests
{
    [Theory]
    [InlineData("""{}""", OrderProgress.Placed)]
    [InlineData("""{"status":"created"}""", OrderProgress.Placed)]
    [InlineData("""{"status":"manual_review"}""", OrderProgress.Placed)]
    [InlineData("""{"status":"processing"}""", OrderProgress.Preparing)]
    [InlineData("""{"status":"shipped"}""", OrderProgress.OnTheWay)]
    [InlineData("""{"status":"completed"}""", OrderProgress.Fulfilled)]
    [InlineData("""{"status":"canceled"}""", OrderProgress.Canceled)]
    [InlineData("""{"status":"levitating"}""", OrderProgress.Unknown)]
    [InlineData("""{"status":"levitating","fulfillments":[{"id":"f","type":"pickup","status":"ready_for_pickup"}]}""", OrderProgress.Ready)]
    [InlineData("""{"status":"confirmed","fulfillments":[{"id":"f","type":"pickup","status":"ready_for_pickup"}]}""", OrderProgress.Ready)]
    [InlineData("""{"status":"processing","fulfillments":[{"id":"f","type":"shipping","status":"out_for_delivery"}]}""", OrderProgress.OnTheWay)]
    [InlineData("""{"status":"shipped","fulfillments":[{"id":"f","type":"shipping","status":"delivered"}]}""", OrderProgress.OnTheWay)]
    [InlineData("""{"fulfillments":[{"id":"f","type":"shipping","status":"delivered"}]}""", OrderProgress.Fulfilled)]
    [InlineData("""{"fulfillments":[{"id":"f","type":"shipping","status":"delivered"}],"line_items":[{"id":"l","quantity":{"ordered":2,"current":2,"fulfilled":1}}]}""", OrderProgress.Placed)]
    [InlineData("""{"fulfillments":[{"id":"f","type":"shipping","status":"failed"}]}""", OrderProgress.Failed)]
    [InlineData("""{"status":"canceled","fulfillments":[{"id":"f","type":"shipping","status":"delivered"}]}""", OrderProgress.Canceled)]
    [InlineData("""{"fulfillments":[{"id":"f","type":"shipping","events":[{"id":"2","type":"shipped","occurred_at":"2026-05-02T10:00:00Z"},{"id":"1","type":"processing","occurred_at":"2026-05-01T10:00:00Z"}]}]}""", OrderProgress.OnTheWay)]
    [InlineData("""{"fulfillments":[{"id":"f","type":"shipping","events":[{"id":"2","type":"returned_to_sender","occurred_at":"2026-05-02T10:00:00Z"}]}]}""", OrderProgress.Failed)]
    public void Order_Progress_IsTheFurthestThatIsSure(string json, OrderProgress expected) =>
        Assert.Equal(expected, Map(json).Progress);

    [Theory]
    [InlineData("""{"totals":[{"type":"amount_refunded","amount":500}],"adjustments":[{"type":"refund","status":"completed","amount":900}]}""", 500L)]
    [InlineData("""{"adjustments":[{"type":"refund","status":"completed","amount":900},{"type":"refund","status":"pending","amount":50},{"type":"dispute","status":"completed","amount":7}]}""", 900L)]
    [InlineData("""{"totals":[{"type":"amount_refunded","amount":0}]}""", null)]
    [InlineData("""{"adjustments":[{"type":"refund","status":"completed","amount":9223372036854775807},{"type":"refund","status":"completed","amount":1}]}""", null)]
    [InlineData("""{}""", null)]
    public void Order_Refunded_IsWhatCameBack(string json, long? expected) =>
        Assert.Equal(expected is { } amount ? new Money(amount, "EUR") : null, Map(json).Refunded);

    [Theory]
    [InlineData("""{"id":"ord/1"}""", "ord/1")]
    [InlineData("""{"id":".."}""", "cs")]
    [InlineData("""{"id":"a b"}""", "cs")]
    [InlineData("""{}""", "cs")]
    public void Order_IdThatIsNone_IsStoodForByItsSession(string json, string expected) => Assert.Equal(expected, Map(json).OrderId);

    private static PlacedOrder Map(string json) => OrderMapper.Map(JsonSerializer.Deserialize(json, AcpJson.Default.WireOrder)!, "EUR", "cs");
}
