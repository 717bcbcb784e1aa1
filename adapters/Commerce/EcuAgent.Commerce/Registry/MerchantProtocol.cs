namespace EcuAgent.Commerce.Registry;

/// <summary>How a merchant is talked to.</summary>
internal enum MerchantProtocol
{
    /// <summary>Agentic Commerce Protocol, version 2026-04-17.</summary>
    Acp,

    /// <summary>The same over the Model Context Protocol: ACP's tools, version 2026-04-17.</summary>
    Mcp,

    /// <summary>Universal Commerce Protocol, versions 2026-04-08 and 2026-01-11.</summary>
    Ucp,
}
