namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>Schema <c>Error</c>: all three are required by it.</summary>
internal sealed record WireError
{
    public required string Type { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }
}
