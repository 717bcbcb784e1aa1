using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>What a later call of the same tool wants otherwise about an order that is being read back. Pure.</summary>
/// <param name="Arguments">The arguments of the order with the change in them.</param>
/// <param name="Offer">Another offer; null for the same.</param>
/// <param name="NeedsSearch">True when another merchant has to be looked for.</param>
internal sealed record OrderChange(ToolArguments Arguments, RankedOffer? Offer, bool NeedsSearch)
{
    private const string Arrive = "arrive";

    /// <summary>The change; null when nothing would be otherwise, or what is wanted is another order.</summary>
    /// <param name="present">The order.</param>
    /// <param name="wanted">Arguments of the later call.</param>
    /// <param name="said">What was said.</param>
    /// <param name="offer">The offer that the later call means, where that is another one.</param>
    public static OrderChange? Of(PendingOrder present, ToolArguments wanted, string said, RankedOffer? offer)
    {
        // A bill has one amount, and its payee is not a matter of taste.
        if (present.Need == MerchantNeed.Payment || IsOther("kind", present, wanted))
        {
            return null;
        }

        var values = new Dictionary<string, object>(present.Arguments.Values, StringComparer.Ordinal);
        var text = TextName(present.Need);
        foreach (var (name, value) in wanted.Values)
        {
            // "Three noodles" names what is read back already; the words of the first call stay.
            if (name != text || offer is not null || present.Need is MerchantNeed.Hotel or MerchantNeed.Table)
            {
                values[name] = value;
            }
        }

        if (offer is not null)
        {
            values[text] = present.Need == MerchantNeed.Hotel ? offer.Candidate.Merchant.Name : offer.Candidate.Offer.Title;
        }

        if (present.Arguments.Text(Arrive) is not null && wanted.Text(Arrive) is null && PickupWords.In(said))
        {
            values.Remove(Arrive);
        }

        var isSameOffer = offer is null || offer.Candidate.Offer == present.Offer?.Candidate.Offer;
        if (isSameOffer && IsEqual(values, present.Arguments.Values))
        {
            return null;
        }

        var needsSearch = offer is null && (IsOtherMerchant(present, wanted) || IsOther("diet", present, wanted) || IsOther("near", present, wanted)
            || (present.Need is MerchantNeed.Hotel or MerchantNeed.Table && IsOther(text, present, wanted)));
        return new OrderChange(new ToolArguments(values), offer, needsSearch);
    }

    /// <summary>True when the later call names something that is not what is read back: a variant of it, or another order.</summary>
    public static bool NamesAnother(PendingOrder present, ToolArguments wanted) =>
        present.Need is not (MerchantNeed.Hotel or MerchantNeed.Table) && TextOf(present.Need, wanted) is { } said
        && said != TextOf(present.Need, present.Arguments)
        && !(present.Offer is { } offer && WordMatch.IsNamed(said, offer.Candidate.Offer.Title));

    /// <summary>What a call names; null when nothing.</summary>
    public static string? TextOf(MerchantNeed need, ToolArguments arguments) => arguments.Text(TextName(need));

    private static string TextName(MerchantNeed need) => need switch
    {
        MerchantNeed.Ticket => "what",
        MerchantNeed.Hotel => "place",
        MerchantNeed.Table => "restaurant",
        MerchantNeed.Payment => "payee",
        _ => "item",
    };

    private static bool IsOther(string name, PendingOrder present, ToolArguments wanted) =>
        wanted.Text(name) is { } value && value != present.Arguments.Text(name);

    private static bool IsOtherMerchant(PendingOrder present, ToolArguments wanted) =>
        wanted.Text("merchant") is { } named && !(present.Offer is { } offer && WordMatch.IsNamed(named, offer.Candidate.Merchant.Name));

    private static bool IsEqual(Dictionary<string, object> one, IReadOnlyDictionary<string, object> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));
}
