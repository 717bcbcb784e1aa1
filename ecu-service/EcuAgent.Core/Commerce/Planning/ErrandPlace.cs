namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Where an errand is done.</summary>
public enum ErrandPlace
{
    /// <summary>At a stop that the car drives to.</summary>
    Stop,

    /// <summary>At the destination: an order that is brought there. Costs no way, but the merchant has to be open and ready around the arrival.</summary>
    Destination,
}
