namespace EcuAgent.MerchantSim.Http;

/// <summary>What a request asks for; faults name it in snake case. The two protocols share the names.</summary>
public enum SimOperation
{
    /// <summary>Open a checkout session.</summary>
    Create,

    /// <summary>Change a checkout session.</summary>
    Update,

    /// <summary>Read a checkout session.</summary>
    Get,

    /// <summary>Pay and order.</summary>
    Complete,

    /// <summary>End a session that is not completed.</summary>
    Cancel,

    /// <summary>Take back a placed order.</summary>
    OrderCancel,

    /// <summary>Read the well-known document.</summary>
    Discovery,

    /// <summary>Read the products.</summary>
    Feed,

    /// <summary>Ask the payment provider for a token; its merchant is <c>psp</c>.</summary>
    DelegatePayment,

    /// <summary>An order event that the merchant sends.</summary>
    Webhook,
}
