using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Trades;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A merchant at work: what it sells now, its sessions and its orders.</summary>
internal sealed class Shop
{
    private const string AllDay = "00:00-24:00";

    public Shop(MerchantEntry merchant, int sessionCapacity, bool isAlwaysOpen)
    {
        Merchant = merchant;
        Clock = new LocalClock(merchant.TimeZone);
        var hours = OpeningHours.Parse(isAlwaysOpen
            ? Enum.GetNames<DayOfWeek>().ToDictionary(d => d.ToLowerInvariant(), IReadOnlyList<string> (_) => [AllDay])
            : merchant.OpeningHours);
        Trade = Trade.Of(merchant, Clock, hours);
        Shelf = new Shelf(merchant);
        Quoter = new Quoter(merchant, Shelf, Trade);
        Sessions = new SessionStore(sessionCapacity);
        Products = merchant.Products.ToDictionary(p => p.Id, StringComparer.Ordinal);
    }

    /// <summary>Guards all that can change here. Taken before the provider's and the ledger's locks.</summary>
    public Lock Gate { get; } = new();

    public MerchantEntry Merchant { get; }

    public LocalClock Clock { get; }

    public Trade Trade { get; }

    public Shelf Shelf { get; }

    public Quoter Quoter { get; }

    public SessionStore Sessions { get; }

    public IReadOnlyDictionary<string, ProductEntry> Products { get; }
}
