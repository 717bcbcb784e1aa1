using EcuAgent.MerchantSim.Catalogue;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Prices and stock of a merchant as they are now. Used under the shop's lock only.</summary>
internal sealed class Shelf
{
    private readonly Dictionary<string, Place> _places;
    private readonly Dictionary<(string ProductId, DateOnly Day), int> _taken = [];
    private readonly bool _isDated;

    public Shelf(MerchantEntry merchant)
    {
        _isDated = merchant.Kind is MerchantKind.Hotel or MerchantKind.Tickets;
        _places = merchant.Products.ToDictionary(p => p.Id, p => new Place { Price = p.Price, Stock = p.Stock }, StringComparer.Ordinal);
    }

    /// <summary>Counts changes that a feed has to show.</summary>
    public int Version { get; private set; }

    public long PriceOf(string productId) => _places[productId].Price;

    public void SetPrice(string productId, long price)
    {
        _places[productId].Price = price;
        Version++;
    }

    /// <summary>Pieces left; for rooms and tickets, for each day that is still free.</summary>
    public void SetStock(string productId, int stock)
    {
        _places[productId].Stock = stock;
        Version++;
    }

    /// <summary>Pieces that can be sold, on that day where the goods are dated.</summary>
    public int Available(string productId, DateOnly? day) =>
        Math.Max(0, _places[productId].Stock - (_isDated && day is { } date ? _taken.GetValueOrDefault((productId, date)) : 0));

    public void Take(IEnumerable<StockClaim> claims) => Move(claims, 1);

    public void Return(IEnumerable<StockClaim> claims) => Move(claims, -1);

    private void Move(IEnumerable<StockClaim> claims, int sign)
    {
        foreach (var claim in claims)
        {
            if (_isDated && claim.Day is { } day)
            {
                _taken[(claim.ProductId, day)] = _taken.GetValueOrDefault((claim.ProductId, day)) + (sign * claim.Count);
            }
            else
            {
                _places[claim.ProductId].Stock -= sign * claim.Count;
            }
        }

        Version++;
    }

    private sealed class Place
    {
        public long Price { get; set; }

        public int Stock { get; set; }
    }
}
