using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Search;

/// <summary>A variant of a product feed that can be bought now, prepared for searching.</summary>
internal sealed class FeedOffer
{
    private const int LongestDescription = 2000;
    private const string SponsoredTaxonomy = "ecuagent_sponsored";

    private readonly (List<string> Words, List<string> Runs) _name;
    private readonly SearchableText _title;
    private readonly SearchableText _whole;
    private readonly HashSet<string> _diets;
    private readonly HashSet<string> _kinds;
    private readonly HashSet<MerchantNeed> _needs;
    private readonly bool _isSponsored;

    private FeedOffer(WireProduct product, WireVariant variant)
    {
        string[] categories = [.. WireReader.Solid(variant.Categories).Where(IsWord).Select(category => category.Value)];
        Id = variant.Id;
        Title = TitleOf(product, variant);
        Price = variant.Price is { } price && new Money(price.Amount, price.Currency.ToUpperInvariant()) is { IsKnown: true } money ? money : null;
        _name = Words.Of(PlainText.Of(variant.Title, SessionParts.LongestTitle));
        _title = new SearchableText(Title);
        _whole = new SearchableText(string.Join('\n', [Title, .. DescriptionsOf(product, variant), .. categories]));
        _diets = CategoryWords.DietsOf(categories);
        _kinds = CategoryWords.KindsOf(categories);
        _needs = CategoryWords.NeedsOf(categories);
        _isSponsored = WireReader.Solid(variant.Categories).Any(category => category is { Taxonomy: SponsoredTaxonomy, Value: not "false" });
    }

    internal string Id { get; }

    internal string Title { get; }

    internal Money? Price { get; }

    /// <summary>Null for one that cannot be bought now, or not be named.</summary>
    internal static FeedOffer? Of(WireProduct product, WireVariant variant)
    {
        var isGone = variant.Availability is { } availability
            && (availability.Available ?? availability.Status is not ("out_of_stock" or "discontinued")) is false;
        return isGone || !WireReader.IsId(variant.Id) || PlainText.Of(variant.Title, SessionParts.LongestTitle).Length == 0 ? null : new FeedOffer(product, variant);
    }

    /// <summary>As the service gets it. Whoever says that a place in a list is paid for is believed: the registry, or the feed itself.</summary>
    internal CatalogueOffer For(string merchantId, bool isMerchantSponsored) =>
        new(merchantId, Id, Title, Price, isMerchantSponsored || _isSponsored, _diets);

    /// <summary>True unless its categories say that it is for something else; what says nothing may be for anything.</summary>
    internal bool IsFor(OfferQuery query) =>
        (_needs.Count == 0 || _needs.Contains(query.Need))
        && (query.Kind is null || _kinds.Count == 0 || _kinds.Contains(query.Kind))
        && query.Diets.All(_diets.Contains);

    internal bool HasWhole(SoughtText text) => text.IsWholeIn(_whole);

    internal bool IsNamedBy(SoughtText text) => text.Names(_name.Words, _name.Runs);

    /// <summary>How much of it is found; what stands in the title counts double.</summary>
    internal int ScoreOf(SoughtText text) => text.ScoreIn(_whole) is var whole and > 0 ? whole + text.ScoreIn(_title) : 0;

    // Figures and flags of merchants that know us are no words that somebody would say.
    private static bool IsWord(WireCategory category) =>
        category.Taxonomy is not (SponsoredTaxonomy or "ecuagent_rating" or "ecuagent_preparation_minutes" or "ecuagent_age");

    private static IEnumerable<string> DescriptionsOf(WireProduct product, WireVariant variant) =>
        new[] { variant.Description, product.Description }
            .Select(description => PlainText.Of(description?.Plain ?? description?.Markdown, LongestDescription))
            .Concat(WireReader.Solid(variant.VariantOptions).Select(option => PlainText.Of(option.Value, SessionParts.LongestTitle)));

    private static string TitleOf(WireProduct product, WireVariant variant)
    {
        var own = PlainText.Of(variant.Title, SessionParts.LongestTitle);
        var of = PlainText.Of(product.Title, SessionParts.LongestTitle);
        return of.Length == 0 || Words.Folded(own).Contains(Words.Folded(of), StringComparison.Ordinal)
            ? own
            : PlainText.Of($"{of}, {own}", SessionParts.LongestTitle);
    }
}
