using EcuAgent.Commerce.Mcp.Merchant;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Mcp;

/// <summary>Opens the commerce adapter for registries that also have merchants with <c>"protocol": "mcp"</c>.</summary>
public static class McpCommerce
{
    /// <summary>As <see cref="CommerceAdapter.Open(CommerceOptions, ILoggerFactory?, TimeProvider?)"/>.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="Registry.RegistryException">The registry, or a file or secret that it names, is not usable.</exception>
    public static CommerceAdapter Open(CommerceOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null) =>
        CommerceAdapter.Open(options, loggers, time, (clock, logger) => new McpCarrier(options, clock, logger));
}
