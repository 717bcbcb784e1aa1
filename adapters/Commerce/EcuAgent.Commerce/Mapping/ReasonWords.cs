namespace EcuAgent.Commerce.Mapping;

/// <summary>Makes reasons of merchants' codes.</summary>
internal static class ReasonWords
{
    private const int LongestCode = 48;
    private const string NamelessCode = "refused";

    /// <summary>A merchant's code as a reason: snake case, at most 48 characters.</summary>
    internal static string Of(string code)
    {
        var letters = code.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(LongestCode).ToArray();
        var reason = new string(letters).Trim('_');
        return reason.Length > 0 ? reason : NamelessCode;
    }
}
