namespace EcuAgent.Core.Catalogue;

/// <summary>One thing wrong in a catalogue file.</summary>
/// <param name="JsonPath">Where, such as <c>$.tools[3].parameters.properties.zone</c>.</param>
/// <param name="Message">What is wrong, with the value.</param>
public sealed record CatalogueFault(string JsonPath, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{JsonPath}: {Message}";
}
