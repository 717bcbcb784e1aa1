namespace EcuAgent.MerchantSim.Webhooks;

/// <summary>Where order events go.</summary>
/// <param name="Url">http or https, on loopback.</param>
/// <param name="Secret">What they are signed with.</param>
internal sealed record WebhookTarget(Uri Url, string Secret)
{
    /// <exception cref="ArgumentException">The URL is not absolute, not http(s), or not on loopback; or the secret is empty.</exception>
    public static WebhookTarget Of(string url, string secret)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || !parsed.IsLoopback)
        {
            throw new ArgumentException($"webhook URL '{url}' is not an absolute http or https URL on loopback");
        }

        return secret.Length > 0 ? new WebhookTarget(parsed, secret) : throw new ArgumentException("the webhook secret is empty");
    }
}
