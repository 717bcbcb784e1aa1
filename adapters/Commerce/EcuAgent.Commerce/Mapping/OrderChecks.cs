using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Mapping;

/// <summary>Rules for orders, ids and keys that hold in every protocol. Pure.</summary>
internal static class OrderChecks
{
    private const int MostPieces = 100;

    // Room for a suffix: a key has at most 255 characters on the wire.
    private const int LongestKey = 240;

    /// <summary>Why an order cannot be put to a merchant, or null.</summary>
    internal static string? Objection(MerchantEntry merchant, BuyerProfile? buyer, CheckoutOrder order)
    {
        var isSound = order.Lines.Count > 0
            && order.Lines.All(line => line.Quantity is >= 1 and <= MostPieces && line.OfferId.Length > 0)
            && order.Lines.Sum(line => line.Quantity) <= MostPieces;
        return !isSound ? AdapterReasons.InvalidOrder
            : !order.Currency.Equals(merchant.Currency, StringComparison.OrdinalIgnoreCase) ? AdapterReasons.CurrencyNotTaken
            : order.Place != DeliveryPlace.None && buyer?.AddressOf(order.Place) is null ? AdapterReasons.AddressNotSetUp
            : null;
    }

    /// <summary>A remark where a session's items or numbers are not those of the order.</summary>
    /// <param name="order">What was ordered.</param>
    /// <param name="items">Item and quantity of each line of the session.</param>
    internal static IEnumerable<CheckoutRemark> RemarksOf(CheckoutOrder order, IEnumerable<(string Item, long Quantity)> items)
    {
        var wanted = order.Lines.GroupBy(line => line.OfferId).ToDictionary(group => group.Key, group => group.Sum(line => (long)line.Quantity));
        var given = items.GroupBy(line => line.Item).ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));

        // Merchants count a room for two nights, or a visit of three, as two or three pieces.
        long nights = order.Nights ?? 1;
        long people = order.People ?? 1;
        long[] factors = [1, nights, people, nights * people];
        if (wanted.Count != given.Count || wanted.Any(item => !factors.Any(factor => given.GetValueOrDefault(item.Key) == factor * item.Value)))
        {
            yield return Remark(AdapterReasons.ItemsDiffer);
        }
    }

    /// <summary>A remark of ours that hinders the order.</summary>
    internal static CheckoutRemark Remark(string code) => new(code, IsError: true, NeedsPerson: false, "");

    internal static void RequireKey(string key)
    {
        if (key.Length is 0 or > LongestKey || key.Any(c => c is <= ' ' or >= '\x7f'))
        {
            throw new ArgumentException($"an idempotency key has 1 to {LongestKey} printable ASCII characters, not '{key}'", nameof(key));
        }
    }

    internal static string RequireId(string id) =>
        Json.WireReader.IsId(id) ? id : throw new ArgumentException($"'{id}' cannot be the id of a session or an order", nameof(id));

    /// <summary>Where a person goes on, where that is an address that the car may show.</summary>
    internal static Uri? ContinueAtOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && Endpoint.IsSecureOrLoopback(address) ? address : null;
}
