namespace EcuAgent.Commerce.Registry;

/// <summary>One thing that is wrong in the registry or in a file that it names.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">JSON path of the value, for example <c>$.merchants[0].url</c>.</param>
/// <param name="Value">The value, shortened; hidden where it is personal.</param>
/// <param name="Problem">What is wrong with it, and what is allowed.</param>
public sealed record RegistryFault(string File, string Path, string Value, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Path} = {Value}: {Problem}";
}
