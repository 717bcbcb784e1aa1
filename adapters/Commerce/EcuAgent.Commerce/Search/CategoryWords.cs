using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Search;

/// <summary>
/// What a variant's categories say: the diets that it keeps, the kinds of ticket or bill that it is, the needs that it serves. A category is
/// read by the last part of its path (<c>Food &gt; Pizza &gt; Vegan</c>); its taxonomy does not matter.
/// </summary>
internal static class CategoryWords
{
    private static readonly Dictionary<string, string[]> Diets = new(StringComparer.Ordinal)
    {
        ["vegan"] = ["vegan", "vegetarian"],
        ["纯素"] = ["vegan", "vegetarian"],
        ["全素"] = ["vegan", "vegetarian"],
        ["vegetarian"] = ["vegetarian"],
        ["素食"] = ["vegetarian"],
        ["halal"] = ["halal"],
        ["清真"] = ["halal"],
        ["kosher"] = ["kosher"],
        ["犹太洁食"] = ["kosher"],
        ["gluten_free"] = ["gluten_free"],
        ["无麸质"] = ["gluten_free"],
        ["无麸"] = ["gluten_free"],
    };

    private static readonly HashSet<string> Kinds =
        ["attraction", "event", "movie", "train", "flight", "bus", "bill", "transfer", "parking", "fuel", "toll"];

    private static readonly Dictionary<string, MerchantNeed> Needs = new(StringComparer.Ordinal)
    {
        ["food"] = MerchantNeed.Food,
        ["hotel"] = MerchantNeed.Hotel,
        ["ticket"] = MerchantNeed.Ticket,
        ["table"] = MerchantNeed.Table,
        ["payment"] = MerchantNeed.Payment,
        ["parcel"] = MerchantNeed.Parcel,
    };

    /// <summary>Diets of the tool catalogue.</summary>
    internal static HashSet<string> DietsOf(IEnumerable<string> categories) =>
        [.. categories.SelectMany(category => Diets.GetValueOrDefault(LastWord(category), []))];

    /// <summary>Kinds of the tool catalogue.</summary>
    internal static HashSet<string> KindsOf(IEnumerable<string> categories) => [.. categories.Select(LastWord).Where(Kinds.Contains)];

    /// <summary>Needs, for a merchant that serves several: each part of a path counts.</summary>
    internal static HashSet<MerchantNeed> NeedsOf(IEnumerable<string> categories) =>
        [.. categories.SelectMany(PathOf).Where(Needs.ContainsKey).Select(word => Needs[word])];

    private static string LastWord(string category) => PathOf(category)[^1];

    private static string[] PathOf(string category) =>
        [.. category.Split('>').Select(part => string.Join('_', Words.Folded(part).Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries)))];
}
