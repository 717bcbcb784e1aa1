namespace EcuAgent.Core.Catalogue;

internal sealed record CatalogueContent(string Version, int MaxCallsPerUtterance, IReadOnlyList<ToolDefinition> Tools);
