namespace EcuAgent.Core.Policy;

/// <summary>One thing wrong with a policy file.</summary>
/// <param name="Path">JSON path of the member, for example "$.table.setup.moving.verdict".</param>
/// <param name="Value">The value found, as JSON text, cut at 60 characters; "(missing)" where there is none.</param>
/// <param name="Problem">What is wrong with it, and what would be right.</param>
public sealed record PolicyFault(string Path, string Value, string Problem)
{
    /// <summary>The fault in one line.</summary>
    public override string ToString() => $"{Path} = {Value}: {Problem}";
}
