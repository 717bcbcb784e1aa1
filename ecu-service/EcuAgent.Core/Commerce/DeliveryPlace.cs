namespace EcuAgent.Core.Commerce;

/// <summary>Where an order is brought to. The address itself is the adapter's to know.</summary>
public enum DeliveryPlace
{
    /// <summary>Nowhere: it is fetched, or digital.</summary>
    None,

    /// <summary>The person's home.</summary>
    Home,

    /// <summary>The person's place of work.</summary>
    Work,
}
