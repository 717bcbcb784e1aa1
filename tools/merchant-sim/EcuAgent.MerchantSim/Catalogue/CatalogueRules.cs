using System.Globalization;
using System.Text.RegularExpressions;

namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>What a catalogue has to keep to. The first rule that is broken ends the check, with file and field in the message.</summary>
internal sealed partial class CatalogueRules(string file)
{
    internal const long MaxAmount = 100_000_000;

    private static readonly HashSet<string> Reserved = new(["control", "psp", "extensions", "platform"], StringComparer.Ordinal);
    private static readonly string[] Diets = ["vegetarian", "vegan", "halal", "kosher", "gluten_free"];

    private static readonly Dictionary<MerchantKind, string[]> Types = new()
    {
        [MerchantKind.Restaurant] = ["dish", "drink"],
        [MerchantKind.Hotel] = ["room"],
        [MerchantKind.Tickets] = ["attraction", "movie", "event"],
        [MerchantKind.Parcel] = ["goods"],
        [MerchantKind.Biller] = ["parking", "toll", "bill"],
    };

    /// <exception cref="InvalidDataException">A rule is broken.</exception>
    public void Check(CatalogueFile catalogue)
    {
        Require(catalogue.Merchants.Count > 0, "$.merchants", "is empty");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < catalogue.Merchants.Count; i++)
        {
            var path = Invariant($"$.merchants[{i}]");
            CheckMerchant(catalogue.Merchants[i], path);
            Require(ids.Add(catalogue.Merchants[i].Id), $"{path}.id", $"'{catalogue.Merchants[i].Id}' is there twice");
        }
    }

    private void CheckMerchant(MerchantEntry merchant, string path)
    {
        Require(IdPattern().IsMatch(merchant.Id) && !Reserved.Contains(merchant.Id), $"{path}.id", $"'{merchant.Id}' is not lower case letters, digits and hyphens, or is reserved");
        Text(merchant.Name, $"{path}.name");
        Text(merchant.NameZh, $"{path}.name_zh");
        Require(CurrencyPattern().IsMatch(merchant.Currency), $"{path}.currency", $"'{merchant.Currency}' is not three lower case letters");
        Require(TimeZoneInfo.TryFindSystemTimeZoneById(merchant.TimeZone, out _), $"{path}.time_zone", $"'{merchant.TimeZone}' is not a time zone of this machine");
        Require(merchant.Rating is >= 0 and <= 5, $"{path}.rating", Invariant($"{merchant.Rating} is not 0 to 5"));
        Amount(merchant.ServiceFee, $"{path}.service_fee");
        Amount(merchant.AuthenticationAbove ?? 0, $"{path}.authentication_above");
        CheckAddress(merchant.Address, $"{path}.address");
        CheckHours(merchant, path);
        CheckTrade(merchant, path);
        CheckProducts(merchant, path);
    }

    private void CheckAddress(AddressEntry address, string path)
    {
        Text(address.LineOne, $"{path}.line_one");
        Text(address.City, $"{path}.city");
        Text(address.State, $"{path}.state");
        Text(address.PostalCode, $"{path}.postal_code");
        Require(CountryPattern().IsMatch(address.Country), $"{path}.country", $"'{address.Country}' is not two upper case letters");
    }

    private void CheckHours(MerchantEntry merchant, string path)
    {
        try
        {
            OpeningHours.Parse(merchant.OpeningHours);
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{file}: {path}.opening_hours: {error.Message}", error);
        }

        Require(merchant.OpeningHours.Values.Any(v => v.Count > 0), $"{path}.opening_hours", "is never open");
    }

    private void CheckTrade(MerchantEntry merchant, string path)
    {
        Belongs(merchant.Kitchen is not null, merchant.Kind is MerchantKind.Restaurant, $"{path}.kitchen", merchant.Kind);
        Belongs(merchant.Stay is not null, merchant.Kind is MerchantKind.Hotel, $"{path}.stay", merchant.Kind);
        Belongs(merchant.Shipping is { Count: > 0 }, merchant.Kind is MerchantKind.Parcel, $"{path}.shipping", merchant.Kind);
        if (merchant.Kitchen is { } kitchen)
        {
            CheckKitchen(kitchen, $"{path}.kitchen");
        }

        if (merchant.Stay is { } stay)
        {
            Clock(stay.CheckInFrom, $"{path}.stay.check_in_from");
            Amount(stay.CityTax, $"{path}.stay.city_tax");
            Range(stay.WeekendSurchargeBasisPoints, 0, 10_000, $"{path}.stay.weekend_surcharge_basis_points");
        }

        for (var i = 0; i < (merchant.Shipping?.Count ?? 0); i++)
        {
            CheckShipping(merchant.Shipping![i], Invariant($"{path}.shipping[{i}]"));
        }
    }

    private void CheckKitchen(KitchenEntry kitchen, string path)
    {
        Range(kitchen.StartDelayMinutes, 0, 120, $"{path}.start_delay_minutes");
        Range(kitchen.PickupWaitMinutes, 1, 240, $"{path}.pickup_wait_minutes");
        if (kitchen.Delivery is { } delivery)
        {
            Amount(delivery.Fee, $"{path}.delivery.fee");
            Amount(delivery.MinimumOrder, $"{path}.delivery.minimum_order");
            Range(delivery.RoadMinutes, 1, 180, $"{path}.delivery.road_minutes");
            Range(delivery.WindowMinutes, 5, 120, $"{path}.delivery.window_minutes");
            Require(delivery.PostalPrefixes.Count > 0, $"{path}.delivery.postal_prefixes", "is empty");
        }
    }

    private void CheckShipping(ShippingEntry shipping, string path)
    {
        Require(IdPattern().IsMatch(shipping.Id), $"{path}.id", $"'{shipping.Id}' is not lower case letters, digits and hyphens");
        Text(shipping.Title, $"{path}.title");
        Text(shipping.TitleZh, $"{path}.title_zh");
        Text(shipping.Carrier, $"{path}.carrier");
        Text(shipping.Hub, $"{path}.hub");
        Amount(shipping.Fee, $"{path}.fee");
        Range(shipping.HandlingHours, 0, 240, $"{path}.handling_hours");
        Range(shipping.DaysMinimum, 1, 60, $"{path}.days_minimum");
        Range(shipping.DaysMaximum, shipping.DaysMinimum, 60, $"{path}.days_maximum");
    }

    private void CheckProducts(MerchantEntry merchant, string path)
    {
        Require(merchant.Products.Count > 0, $"{path}.products", "is empty");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < merchant.Products.Count; i++)
        {
            var product = merchant.Products[i];
            var at = Invariant($"{path}.products[{i}]");
            CheckProduct(product, merchant.Kind, at);
            Require(ids.Add(product.Id), $"{at}.id", $"'{product.Id}' is there twice");
        }
    }

    private void CheckProduct(ProductEntry product, MerchantKind kind, string path)
    {
        Require(IdPattern().IsMatch(product.Id), $"{path}.id", $"'{product.Id}' is not lower case letters, digits and hyphens");
        Text(product.Name, $"{path}.name");
        Text(product.NameZh, $"{path}.name_zh");
        Text(product.Description, $"{path}.description");
        Text(product.DescriptionZh, $"{path}.description_zh");
        Require(Types[kind].Contains(product.Type), $"{path}.type", $"'{product.Type}' is none of {string.Join(", ", Types[kind])}");
        Require(product.Price is > 0 and <= MaxAmount, $"{path}.price", Invariant($"{product.Price} is not 1 to {MaxAmount}"));
        Range(product.TaxBasisPoints, 0, 5000, $"{path}.tax_basis_points");
        Range(product.Stock, 0, 1_000_000, $"{path}.stock");
        Range(product.MaxQuantity, 1, 100, $"{path}.max_quantity");
        foreach (var diet in product.Diets)
        {
            Require(Diets.Contains(diet), $"{path}.diets", $"'{diet}' is none of {string.Join(", ", Diets)}");
        }

        CheckTradeOf(product, kind, path);
    }

    private void CheckTradeOf(ProductEntry product, MerchantKind kind, string path)
    {
        Belongs(product.PreparationMinutes is not null, kind is MerchantKind.Restaurant, $"{path}.preparation_minutes", kind);
        Belongs(product.Sleeps is not null, kind is MerchantKind.Hotel, $"{path}.sleeps", kind);
        Belongs(product.Reference is not null, kind is MerchantKind.Biller, $"{path}.reference", kind);
        Range(product.PreparationMinutes ?? 0, 0, 240, $"{path}.preparation_minutes");
        Range(product.Sleeps ?? 1, 1, 20, $"{path}.sleeps");
        Range(product.CancelHoursBefore ?? 0, 0, 720, $"{path}.cancel_hours_before");
        var ticketOnly = product.PerPerson || product.StartsAt is not null || product.CancelHoursBefore is not null;
        Require(!ticketOnly || kind is MerchantKind.Tickets, path, "per_person, starts_at and cancel_hours_before are for tickets");
        if (product.StartsAt is { } start)
        {
            Clock(start, $"{path}.starts_at");
        }
    }

    private void Belongs(bool present, bool expected, string path, MerchantKind kind) =>
        Require(present == expected, path, expected ? $"is missing for kind {kind}" : $"does not belong to kind {kind}");

    private void Amount(long value, string path) =>
        Require(value is >= 0 and <= MaxAmount, path, Invariant($"{value} is not 0 to {MaxAmount}"));

    private void Range(int value, int from, int to, string path) =>
        Require(value >= from && value <= to, path, Invariant($"{value} is not {from} to {to}"));

    private void Clock(string text, string path) =>
        Require(TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), path, $"'{text}' is not HH:mm");

    private void Text(string text, string path) =>
        Require(text.Length is > 0 and <= 500, path, $"has {text.Length} characters; 1 to 500 are allowed");

    private void Require(bool holds, string path, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{file}: {path}: {what}");
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z]{3}$")]
    private static partial Regex CurrencyPattern();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex CountryPattern();
}
