using System.Net;

namespace EcuAgent.Connext;

/// <summary>Where the service joins the bus with RTI Connext.</summary>
public sealed record ConnextOptions
{
    /// <summary>DDS domain, 0 to 230. Default 0.</summary>
    public int DomainId { get; init; }

    /// <summary>The one address that is sent from and announced. Default 127.0.0.1; another one is an explicit choice.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Addresses where peers are looked for. Empty means <see cref="Address"/> alone.</summary>
    public IReadOnlyList<IPAddress> Peers { get; init; } = [];

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The domain is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(DomainId, nameof(DomainId));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DomainId, 230, nameof(DomainId));
    }
}
