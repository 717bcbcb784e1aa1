namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>Which schema an answer has to keep to.</summary>
internal static class AnswerCheck
{
    /// <summary>Set for requests whose answers a fault spoils.</summary>
    public static AsyncLocal<bool> IsOff { get; } = new();

    /// <summary>How many answers were held against a schema.</summary>
    public static int Checked;

    public static void Check(HttpMethod method, string path, Reply reply)
    {
        if (IsOff.Value || AcpOracle.Instance is not { } oracle || path.StartsWith("control/", StringComparison.Ordinal) || reply.Raw.Length == 0
            || reply.ContentType != "application/json" || IsUcp(path, reply))
        {
            return;
        }

        Interlocked.Increment(ref Checked);
        var parts = path.Split('/');
        if (parts[0] == "psp")
        {
            CheckPayment(oracle, reply);
        }
        else if (reply.Status >= 400)
        {
            oracle.Check(AcpOracle.Checkout, "Error", reply.Body);
        }
        else
        {
            CheckSuccess(oracle, parts, reply);
        }
    }

    // The other protocol on the same merchants is judged by its own official schemas.
    private static bool IsUcp(string path, Reply reply) =>
        path.Contains("/checkout-sessions", StringComparison.Ordinal) || path.EndsWith("/.well-known/ucp", StringComparison.Ordinal)
        || (path.Contains("/orders/", StringComparison.Ordinal) && (reply.Body.TryGetProperty("ucp", out _) || reply.Body.TryGetProperty("messages", out _)));

    private static void CheckSuccess(AcpOracle oracle, string[] parts, Reply reply)
    {
        switch (parts)
        {
            case [_, ".well-known", _]:
                oracle.Check(AcpOracle.Checkout, "DiscoveryResponse", reply.Body);
                break;
            case [_, "feeds", _]:
                oracle.Check(AcpOracle.Feed, "FeedMetadata", reply.Body);
                break;
            case [_, "feeds", _, "products"]:
                oracle.Check(AcpOracle.Feed, "ProductsResponse", reply.Body);
                break;
            case [_, "orders", _, "cancel"]:
                oracle.Check(AcpOracle.Checkout, "Order", reply.Body);
                break;
            default:
                oracle.Check(AcpOracle.Checkout, reply.State == "completed" ? "CheckoutSessionWithOrder" : "CheckoutSession", reply.Body);
                break;
        }
    }

    // The error object of delegated payment has a closed list of codes without one for identity and version, which its prose and its OpenAPI
    // file have; those two are held against the checkout's error object, which is the same but for the list.
    private static void CheckPayment(AcpOracle oracle, Reply reply)
    {
        if (reply.Status < 400)
        {
            oracle.Check(AcpOracle.DelegatePayment, "DelegatePaymentResponse", reply.Body);
        }
        else if (reply.Status is 401 or 404 or 405 or 413 or 415 || reply.Code is "missing_api_version" or "unsupported_api_version" or "missing_body" or "internal_error" or "service_unavailable")
        {
            oracle.Check(AcpOracle.Checkout, "Error", reply.Body);
        }
        else
        {
            oracle.Check(AcpOracle.DelegatePayment, "Error", reply.Body);
        }
    }
}
