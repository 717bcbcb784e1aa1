using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>Every body that is sent, against the protocol's published schemas; and our own answers in these tests too, so that they are not of our making alone.</summary>
public sealed class SchemaTests
{
    public static TheoryData<DeliveryKind, DeliveryPlace, bool, MerchantNeed> Orders
    {
        get
        {
            var data = new TheoryData<DeliveryKind, DeliveryPlace, bool, MerchantNeed>();
            foreach (var kind in Enum.GetValues<DeliveryKind>())
            {
                foreach (var place in Enum.GetValues<DeliveryPlace>())
                {
                    data.Add(kind, place, true, MerchantNeed.Food);
                    data.Add(kind, place, false, MerchantNeed.Hotel);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Requests_OfAWholePurchase_AreValidAndHoldNoNull(DeliveryKind kind, DeliveryPlace place, bool isFull, MerchantNeed need)
    {
        AcpData.Require();
        await using var merchant = await MerchantServer.StartAsync();
        merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        merchant.Answer = (request, _) => Answer.Json(
            request.Path.EndsWith("delegate_payment", StringComparison.Ordinal) ? """{"id":"vt_1","created":"2026-05-04T16:00:00Z","metadata":{}}"""
            : Sessions.Session("ready_for_payment", 1590, Sessions.Option("shipping", "s"), Sessions.Pickup("p"), Sessions.Delivery("l"), Sessions.Option("digital", "d")).ToJsonString());
        using var shop = new Shop(merchant.Base, change: registry =>
        {
            if (!isFull && place == DeliveryPlace.None)
            {
                registry.Remove("buyerFile");
                registry["merchants"]![0]!.AsObject().Remove("hours");
            }
        });
        var order = Shop.Order with
        {
            Need = need,
            Delivery = kind,
            Place = place,
            Lines = [new OrderLine("pizza", "Pizza", 2), new OrderLine("wine", "Wine", 1)],
            ArriveAt = isFull ? new DateTimeOffset(2026, 5, 4, 19, 30, 0, TimeSpan.FromHours(-3.5)) : null,
            Day = isFull ? new DateOnly(2026, 5, 4) : null,
            Nights = isFull ? 1 : null,
            People = isFull ? 4 : null,
        };

        await shop.OpenAsync(order);
        await shop.UpdateAsync(order);
        await shop.GrantAsync();
        await shop.CompleteAsync();
        await shop.CancelAsync();
        await shop.CancelOrderAsync();

        var posts = merchant.Seen.Where(seen => seen.Method == "POST").ToList();
        Assert.True(posts.Count >= 6, $"{posts.Count} requests");
        Assert.All(posts, seen =>
        {
            Assert.Empty(AcpData.Objections(BundleOf(seen), DefinitionOf(seen), seen.Body));
            Assert.False(HoldsNull(seen.Json), seen.Body);
        });
    }

    [Fact]
    public async Task Grant_Request_IsValid()
    {
        await using var provider = await MerchantServer.StartAsync();
        using var shop = new Shop(provider.Base);

        await shop.GrantAsync();

        Assert.Empty(AcpData.Objections("delegate-payment", "DelegatePaymentRequest", Assert.Single(provider.Seen).Body));
    }

    [Fact]
    public void Answers_OfTheseTests_AreValid()
    {
        Assert.Empty(AcpData.Objections("agentic-checkout", "CheckoutSession", Sessions.Session("ready_for_payment", 1590, Sessions.Option("shipping", "s")).Selecting("shipping", "s", "li_1").ToJsonString()));
        Assert.Empty(AcpData.Objections("agentic-checkout", "CheckoutSessionWithOrder", Sessions.Completed().ToJsonString()));
        Assert.Empty(AcpData.Objections("agentic-checkout", "DiscoveryResponse", Sessions.Discovery("ecuagent.order_cancel").ToJsonString()));
        Assert.Empty(AcpData.Objections("agentic-checkout", "Error", Answer.Error(400, "code").Body));
    }

    // An oracle that takes everything would be none.
    [Theory]
    [InlineData("CheckoutSessionCreateRequest", """{"line_items":[{"id":"a","quantity":2}],"currency":"eur","capabilities":{}}""")]
    [InlineData("CheckoutSessionUpdateRequest", """{"metadata":{"ecuagent_people":2}}""")]
    [InlineData("CheckoutSessionCompleteRequest", """{"payment_data":{"handler_id":"h"}}""")]
    public void Oracle_WrongRequest_IsRefused(string definition, string body) => Assert.NotEmpty(AcpData.Objections("agentic-checkout", definition, body));

    private static string BundleOf(SeenRequest seen) => seen.Path.EndsWith("delegate_payment", StringComparison.Ordinal) ? "delegate-payment" : "agentic-checkout";

    private static string DefinitionOf(SeenRequest seen) =>
        seen.Path.EndsWith("delegate_payment", StringComparison.Ordinal) ? "DelegatePaymentRequest"
        : seen.Path.EndsWith("/complete", StringComparison.Ordinal) ? "CheckoutSessionCompleteRequest"
        : seen.Path.EndsWith("/cancel", StringComparison.Ordinal) ? "CancelSessionRequest"
        : seen.Path.EndsWith("/checkout_sessions", StringComparison.Ordinal) ? "CheckoutSessionCreateRequest"
        : "CheckoutSessionUpdateRequest";

    private static bool HoldsNull(JsonNode? node) => node switch
    {
        null => true,
        JsonObject json => json.Any(member => HoldsNull(member.Value)),
        JsonArray array => array.Any(HoldsNull),
        _ => node.GetValueKind() == JsonValueKind.Null,
    };
}
