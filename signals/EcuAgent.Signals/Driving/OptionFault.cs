namespace EcuAgent.Signals;

/// <summary>One option that cannot be used.</summary>
/// <param name="Name">The option.</param>
/// <param name="Value">Its value.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record OptionFault(string Name, string Value, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} is {Value}, allowed is {Allowed}";
}
