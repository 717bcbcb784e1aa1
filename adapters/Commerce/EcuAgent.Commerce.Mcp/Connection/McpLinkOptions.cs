namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>Bounds of a link.</summary>
/// <param name="ConnectTimeout">Longest time for one connection.</param>
/// <param name="MostWaiting">How many requests may wait for their turn; the next one is not sent.</param>
internal sealed record McpLinkOptions(TimeSpan ConnectTimeout, int MostWaiting);
