namespace EcuAgent.Core.Ports;

/// <summary>How a request to a merchant ended.</summary>
public enum MerchantStatus
{
    /// <summary>Not set.</summary>
    Unknown,

    /// <summary>No merchant is set up for this need. Nothing was asked anywhere.</summary>
    NotConfigured,

    /// <summary>Offers were found, or the order was placed.</summary>
    Done,

    /// <summary>The merchant has nothing that fits.</summary>
    NothingFound,

    /// <summary>The merchant refused, or could not be reached.</summary>
    Failed,
}
