namespace EcuAgent.MerchantSim.Webhooks;

/// <summary>Where order events go.</summary>
/// <param name="Template">http or https, on loopback; <see cref="MerchantPlace"/> in it stands for who sends.</param>
/// <param name="Secret">What they are signed with.</param>
internal sealed record WebhookTarget(string Template, string Secret)
{
    public const string MerchantPlace = "{merchant}";

    /// <exception cref="ArgumentException">The URL is not absolute, not http(s), or not on loopback; or the secret is empty.</exception>
    public static WebhookTarget Of(string url, string secret)
    {
        if (!Uri.TryCreate(In(url, "m"), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || !parsed.IsLoopback)
        {
            throw new ArgumentException($"webhook URL '{url}' is not an absolute http or https URL on loopback");
        }

        return secret.Length > 0 ? new WebhookTarget(url, secret) : throw new ArgumentException("the webhook secret is empty");
    }

    /// <summary>Where the events of all merchants go that send to one address: the same, with nothing for <see cref="MerchantPlace"/>.</summary>
    public Uri CommonUrl => new(Template.Replace("/" + MerchantPlace, "", StringComparison.Ordinal).Replace(MerchantPlace, "", StringComparison.Ordinal));

    /// <summary>Where this merchant's events go.</summary>
    public Uri UrlOf(string merchant) => new(In(Template, merchant));

    private static string In(string template, string merchant) => template.Replace(MerchantPlace, merchant, StringComparison.Ordinal);
}
