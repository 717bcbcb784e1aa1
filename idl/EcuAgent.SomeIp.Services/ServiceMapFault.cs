namespace EcuAgent.SomeIp.Services;

/// <summary>One thing wrong with a service map.</summary>
/// <param name="Path">JSON path of the member, for example "$.services[0].topics[2].id".</param>
/// <param name="Value">The value found, as JSON text, cut at 60 characters; "(missing)" where there is none.</param>
/// <param name="Problem">What is wrong with it, and what would be right.</param>
public sealed record ServiceMapFault(string Path, string Value, string Problem)
{
    /// <summary>The fault in one line.</summary>
    public override string ToString() => $"{Path} = {Value}: {Problem}";
}
