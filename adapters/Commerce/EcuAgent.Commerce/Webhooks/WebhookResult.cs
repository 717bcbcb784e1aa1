using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Webhooks;

/// <summary>The result for one order event.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reason">Stable code in snake case; fit for the answer to the merchant and for logs.</param>
/// <param name="Update">The order; null unless <see cref="WebhookVerdict.Accepted"/>.</param>
public sealed record WebhookResult(WebhookVerdict Verdict, string Reason, OrderUpdate? Update = null)
{
    /// <summary>HTTP status of the answer: 200, 400 or 401, as both protocols have them; 503 where it is to be sent again.</summary>
    public int StatusCode => Verdict switch
    {
        WebhookVerdict.NotGenuine => 401,
        WebhookVerdict.NotUnderstood => 400,
        WebhookVerdict.NoRoom => 503,
        _ => 200,
    };
}

/// <summary>What an order event says.</summary>
/// <param name="MerchantId">Whose order it is.</param>
/// <param name="SessionId">The session that it came of.</param>
/// <param name="Order">The order as a whole; events carry no differences.</param>
/// <param name="HappenedAt">When the newest thing in it happened; the time of the signature where it names none.</param>
public sealed record OrderUpdate(string MerchantId, string SessionId, PlacedOrder Order, DateTimeOffset HappenedAt);
