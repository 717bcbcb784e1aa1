using EcuAgent.Commerce.Registry;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>An MCP server that may be talked to.</summary>
/// <param name="Id">Our name of it.</param>
/// <param name="Url">Its endpoint of streamable HTTP.</param>
/// <param name="BearerToken">Null where it asks for none.</param>
internal sealed record McpServer(string Id, Uri Url, Secret? BearerToken);
