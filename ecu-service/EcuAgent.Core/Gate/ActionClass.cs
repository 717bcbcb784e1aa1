namespace EcuAgent.Core.Gate;

/// <summary>How far an action reaches; the row of the gate's table. The order is that of the wire contract.</summary>
public enum ActionClass
{
    /// <summary>Answers and status; changes nothing.</summary>
    Inform,

    /// <summary>Climate, seats, defrost.</summary>
    Comfort,

    /// <summary>Destination, stops, route preferences.</summary>
    Navigate,

    /// <summary>Search among places or offers.</summary>
    Browse,

    /// <summary>Something prepared at a merchant that costs nothing yet: a cart, a held room.</summary>
    Prepare,

    /// <summary>Something that binds or costs: an order, a booking, a payment.</summary>
    Commit,

    /// <summary>Accounts, payment methods, policy.</summary>
    Setup,
}
