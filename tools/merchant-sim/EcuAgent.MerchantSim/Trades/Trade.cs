using System.Globalization;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>What differs between a kitchen, a hotel, a ticket desk, a parcel shop and an office for bills.</summary>
internal abstract class Trade(MerchantEntry merchant, LocalClock clock, OpeningHours hours)
{
    protected const string MetadataPath = "$.metadata.";

    protected MerchantEntry Merchant { get; } = merchant;

    protected LocalClock Clock { get; } = clock;

    protected OpeningHours Hours { get; } = hours;

    public static Trade Of(MerchantEntry merchant, LocalClock clock, OpeningHours hours) => merchant.Kind switch
    {
        MerchantKind.Restaurant => new KitchenTrade(merchant, clock, hours),
        MerchantKind.Hotel => new HotelTrade(merchant, clock, hours),
        MerchantKind.Tickets => new TicketTrade(merchant, clock, hours),
        MerchantKind.Parcel => new ParcelTrade(merchant, clock, hours),
        MerchantKind.Biller => new BillTrade(merchant, clock, hours),
        _ => throw new InvalidDataException($"merchant '{merchant.Id}' has kind {merchant.Kind}, which nobody trades in"),
    };

    /// <summary>Pieces that a line stands for, which may depend on nights and people.</summary>
    public virtual int Quantity(CartLine line, TripData trip) => line.Count;

    /// <summary>What the line takes from the shelf.</summary>
    public virtual IReadOnlyList<StockClaim> Claims(CartLine line, TripData trip) =>
        [new StockClaim(line.Product.Id, null, Quantity(line, trip))];

    /// <summary>What stands in the way whatever delivery is chosen.</summary>
    public virtual IEnumerable<Notice> Notices(Cart cart, DateTimeOffset now) => [];

    /// <summary>Costs besides goods and delivery.</summary>
    public virtual IEnumerable<Fee> Fees(Cart cart, IReadOnlyList<QuoteLine> lines) =>
        Merchant.ServiceFee > 0 ? [new Fee(cart.IsChinese ? "服务费" : "Service fee", Merchant.ServiceFee)] : [];

    /// <summary>Ways for the goods to reach the buyer, the usual one first.</summary>
    public abstract IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now);

    /// <summary>What will happen to an order that is placed now, in order of time.</summary>
    public abstract IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now);

    /// <summary>Why a line of an order cannot be taken back now; null when it can.</summary>
    public abstract string? WhyKept(Order order, OrderLine line, DateTimeOffset now);

    /// <summary>True when a line can be taken back by the piece.</summary>
    public virtual bool IsDivisible => true;

    /// <summary>What a sold out product is called.</summary>
    public virtual Notice SoldOut(QuoteLine line, string path) => Notice.Error(
        "out_of_stock",
        line.Available == 0
            ? $"{line.Product.Name} is sold out."
            : string.Create(CultureInfo.InvariantCulture, $"Only {line.Available} of {line.Product.Name} left."),
        path,
        Resolution.RequiresBuyerInput);

    protected static Notice Missing(string key, string content) =>
        Notice.Error("missing", content, MetadataPath + key, Resolution.RequiresBuyerInput);

    protected static Notice Invalid(string key, string content) =>
        Notice.Error("invalid", content, MetadataPath + key, Resolution.RequiresBuyerInput);

    protected static DeliveryOffer Digital(Cart cart, string title, string titleZh, string description) => new()
    {
        Mode = DeliveryMode.Digital,
        Id = "digital",
        Title = cart.IsChinese ? titleZh : title,
        Description = description,
        Fee = 0,
    };

    protected static bool HasReached(Order order, string eventType) => order.Fulfillment.Events.Any(e => e.Type == eventType);
}
