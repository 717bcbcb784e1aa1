namespace EcuAgent.Commerce.Registry;

/// <summary>A postal address of the buyer. Personal: never logged.</summary>
internal sealed record PostalAddress
{
    internal required string LineOne { get; init; }

    internal string? LineTwo { get; init; }

    internal required string City { get; init; }

    internal required string State { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper-case.</summary>
    internal required string Country { get; init; }

    internal required string PostalCode { get; init; }

    /// <summary>Without the address.</summary>
    public override string ToString() => nameof(PostalAddress);
}
