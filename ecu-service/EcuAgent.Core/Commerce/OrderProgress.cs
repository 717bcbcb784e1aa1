namespace EcuAgent.Core.Commerce;

/// <summary>How far an order is.</summary>
public enum OrderProgress
{
    /// <summary>A state that this version does not know.</summary>
    Unknown,

    /// <summary>Taken in.</summary>
    Placed,

    /// <summary>Being made or packed.</summary>
    Preparing,

    /// <summary>On its way.</summary>
    OnTheWay,

    /// <summary>Ready to be fetched.</summary>
    Ready,

    /// <summary>Everything has reached the person.</summary>
    Fulfilled,

    /// <summary>Taken back.</summary>
    Canceled,

    /// <summary>Could not be delivered.</summary>
    Failed,
}
