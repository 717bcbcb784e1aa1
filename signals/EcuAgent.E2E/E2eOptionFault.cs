namespace EcuAgent.E2E;

/// <summary>One option that cannot be used.</summary>
/// <param name="Name">The option.</param>
/// <param name="Value">Its value.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record E2eOptionFault(string Name, string Value, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Value}; allowed: {Allowed}";
}
