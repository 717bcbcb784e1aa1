using System.Text.Json.Serialization;
using EcuAgent.Commerce.Json;

namespace EcuAgent.Commerce.Search;

/// <summary>Schema <c>ProductsResponse</c>.</summary>
internal sealed record WireProducts
{
    public required IReadOnlyList<WireProduct> Products { get; init; }
}

/// <summary>Schema <c>Product</c>.</summary>
internal sealed record WireProduct
{
    public string? Title { get; init; }

    public WireDescription? Description { get; init; }

    public required IReadOnlyList<WireVariant> Variants { get; init; }
}

/// <summary>Schema <c>Variant</c>.</summary>
internal sealed record WireVariant
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public WireDescription? Description { get; init; }

    public WirePrice? Price { get; init; }

    public WireAvailability? Availability { get; init; }

    public IReadOnlyList<WireCategory>? Categories { get; init; }

    public IReadOnlyList<WireVariantOption>? VariantOptions { get; init; }
}

/// <summary>Schema <c>Description</c>.</summary>
internal sealed record WireDescription
{
    public string? Plain { get; init; }

    public string? Markdown { get; init; }
}

/// <summary>Schema <c>Price</c>.</summary>
internal sealed record WirePrice
{
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Amount { get; init; }

    public required string Currency { get; init; }
}

/// <summary>Schema <c>Availability</c>.</summary>
internal sealed record WireAvailability
{
    public bool? Available { get; init; }

    public string? Status { get; init; }
}

/// <summary>Schema <c>Category</c>.</summary>
internal sealed record WireCategory
{
    public required string Value { get; init; }

    public string? Taxonomy { get; init; }
}

/// <summary>Schema <c>VariantOption</c>.</summary>
internal sealed record WireVariantOption
{
    public string? Value { get; init; }
}
