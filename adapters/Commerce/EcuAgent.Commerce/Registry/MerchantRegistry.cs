using System.Collections.Frozen;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Registry;

/// <summary>The merchants that may be bought from, who pays and who buys. Read once, immutable.</summary>
internal sealed class MerchantRegistry
{
    private readonly FrozenDictionary<string, MerchantEntry> _byId;

    internal MerchantRegistry(IReadOnlyList<MerchantEntry> merchants, PaymentEntry? payment, BuyerProfile? buyer, UcpEntry? ucp = null)
    {
        Merchants = merchants;
        Payment = payment;
        Buyer = buyer;
        Ucp = ucp;
        _byId = merchants.ToFrozenDictionary(merchant => merchant.Id, StringComparer.Ordinal);
    }

    /// <summary>No merchant, no payment.</summary>
    internal static MerchantRegistry Empty { get; } = new([], null, null);

    /// <summary>In the order of the file.</summary>
    internal IReadOnlyList<MerchantEntry> Merchants { get; }

    /// <summary>Null where nothing can be paid.</summary>
    internal PaymentEntry? Payment { get; }

    /// <summary>Null where no profile is set up.</summary>
    internal BuyerProfile? Buyer { get; }

    /// <summary>Null where no merchant speaks UCP.</summary>
    internal UcpEntry? Ucp { get; }

    internal MerchantEntry? Find(string merchantId) => _byId.GetValueOrDefault(merchantId);

    internal IReadOnlyList<MerchantProfile> Serving(MerchantNeed need) =>
        [.. Merchants.Select(merchant => merchant.Profile).Where(profile => profile.Needs.Contains(need))];
}
