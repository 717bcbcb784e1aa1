using EcuAgent.MerchantSim.Catalogue;

namespace EcuAgent.MerchantSim;

/// <summary>A merchant of the world.</summary>
/// <param name="Id">Base path, and merchant id towards the payment provider.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Name">English name.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="Currency">ISO 4217, lower case.</param>
/// <param name="Rating">0 to 5.</param>
/// <param name="IsSponsored">True when its place in a list is paid for.</param>
/// <param name="TimeZone">Time zone of its days, of the IANA data base.</param>
/// <param name="BaseUrl">Base URL of its API, without a slash at the end.</param>
public sealed record MerchantInfo(string Id, MerchantKind Kind, string Name, string NameZh, string Currency, double Rating, bool IsSponsored, string TimeZone, Uri BaseUrl);
