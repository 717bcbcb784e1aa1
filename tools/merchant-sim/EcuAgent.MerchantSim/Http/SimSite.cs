namespace EcuAgent.MerchantSim.Http;

/// <summary>Where this server is reached. The origin is known once it listens.</summary>
internal sealed class SimSite
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Origin { get; set; } = "";

    public string PaymentUrl => $"{Origin}/psp";

    public string UrlOf(string merchantId) => $"{Origin}/{merchantId}";
}
