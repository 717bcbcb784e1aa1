using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Registry;

/// <summary>How the car is known to merchants that speak UCP.</summary>
internal sealed record UcpEntry
{
    /// <summary>Where the car's own profile can be read; stands in every request.</summary>
    internal required Uri ProfileUrl { get; init; }

    /// <summary>Where it can be read in the form of the protocol's first version; null where <see cref="ProfileUrl"/> is for all merchants.</summary>
    internal Uri? FirstProfileUrl { get; init; }

    /// <summary>What requests are signed with; null where they are not.</summary>
    internal SigningKey? SigningKey { get; init; }

    /// <summary>Where merchants send order events to; null where they shall send none.</summary>
    internal Uri? WebhookUrl { get; init; }
}
