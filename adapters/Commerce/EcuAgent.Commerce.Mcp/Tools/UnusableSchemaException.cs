namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A schema that cannot be used to check anything.</summary>
internal sealed class UnusableSchemaException : Exception;
