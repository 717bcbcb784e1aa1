using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>What is looked for in a merchant's catalogue.</summary>
public sealed record OfferQuery
{
    /// <summary>What for.</summary>
    public required MerchantNeed Need { get; init; }

    /// <summary>Dish, event, bill or parcel as spoken; empty for anything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Diets of the tool catalogue (<c>vegan</c>, <c>halal</c>, ...), all of which have to be kept; empty for any.</summary>
    public IReadOnlyList<string> Diets { get; init; } = [];

    /// <summary>Kind of ticket or bill of the tool catalogue (<c>movie</c>, <c>parking</c>, ...); null for any.</summary>
    public string? Kind { get; init; }
}
