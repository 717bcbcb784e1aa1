using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>
/// The products of a shop as <c>ProductsResponse</c>, in English (feed <c>en</c>) and Chinese (feed <c>zh</c>). What the schema has no
/// field for stands in the categories: one taxonomy each for diet, kind, rating, minutes of preparation, sponsoring and age.
/// </summary>
internal sealed class AcpFeed(Shop shop, SimSite site)
{
    public const string English = "en";
    public const string Chinese = "zh";

    private const int LowStock = 3;

    private readonly Dictionary<string, (int Version, string ETag, byte[] Body)> _kept = new(StringComparer.Ordinal);

    public static bool IsFeed(string id) => id is English or Chinese;

    /// <param name="feed">Feed id.</param>
    /// <param name="ifNoneMatch">Header of the request; null when absent.</param>
    public Answer Write(string feed, string? ifNoneMatch)
    {
        lock (shop.Gate)
        {
            if (!_kept.TryGetValue(feed, out var kept) || kept.Version != shop.Shelf.Version)
            {
                var body = Answer.Utf8(new JsonObject
                {
                    ["products"] = new JsonArray([.. shop.Merchant.Products.Select(p => Product(p, feed is Chinese))]),
                });
                kept = (shop.Shelf.Version, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"", body);
                _kept[feed] = kept;
            }

            var isKnown = ifNoneMatch?.Split(',', StringSplitOptions.TrimEntries).Any(t => t == "*" || t == kept.ETag || t == "W/" + kept.ETag) ?? false;
            return (isKnown ? new Answer(304, Answer.JsonType, []) : new Answer(200, Answer.JsonType, kept.Body))
                .With("ETag", kept.ETag)
                .With("Cache-Control", "no-cache");
        }
    }

    /// <summary>The feed's <c>FeedMetadata</c>.</summary>
    public Answer Describe(string feed) =>
        Answer.Json(200, new JsonObject { ["id"] = feed, ["target_country"] = shop.Merchant.Address.Country });

    private JsonObject Product(ProductEntry product, bool isChinese)
    {
        var title = isChinese ? product.NameZh : product.Name;
        var url = $"{site.UrlOf(shop.Merchant.Id)}/items/{product.Id}";
        var stock = shop.Shelf.Available(product.Id, null);
        return new JsonObject
        {
            ["id"] = product.Id,
            ["title"] = title,
            ["description"] = new JsonObject { ["plain"] = isChinese ? product.DescriptionZh : product.Description },
            ["url"] = url,
            ["variants"] = new JsonArray(new JsonObject
            {
                ["id"] = product.Id,
                ["title"] = title,
                ["url"] = url,
                ["price"] = new JsonObject
                {
                    ["amount"] = shop.Shelf.PriceOf(product.Id),
                    ["currency"] = shop.Merchant.Currency.ToUpperInvariant(),
                },
                ["availability"] = new JsonObject
                {
                    ["available"] = stock > 0,
                    ["status"] = stock switch { 0 => "out_of_stock", <= LowStock => "limited_stock", _ => "in_stock" },
                },
                ["categories"] = Categories(product),
                ["seller"] = new JsonObject { ["name"] = isChinese ? shop.Merchant.NameZh : shop.Merchant.Name },
            }),
        };
    }

    private JsonArray Categories(ProductEntry product)
    {
        var categories = new JsonArray(Category("kind", product.Type));
        foreach (var diet in product.Diets)
        {
            categories.Add(Category("diet", diet));
        }

        categories.Add(Category("rating", shop.Merchant.Rating.ToString(CultureInfo.InvariantCulture)));
        if (product.PreparationMinutes is { } minutes)
        {
            categories.Add(Category("preparation_minutes", minutes.ToString(CultureInfo.InvariantCulture)));
        }

        if (shop.Merchant.Sponsored)
        {
            categories.Add(Category("sponsored", "true"));
        }

        if (product.AgeRestricted)
        {
            categories.Add(Category("age", "adults"));
        }

        return categories;
    }

    private static JsonObject Category(string taxonomy, string value) => new() { ["value"] = value, ["taxonomy"] = "ecuagent_" + taxonomy };
}
