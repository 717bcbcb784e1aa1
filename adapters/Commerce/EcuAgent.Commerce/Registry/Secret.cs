namespace EcuAgent.Commerce.Registry;

/// <summary>A key or token. Its text form never shows it.</summary>
/// <param name="source">Where it comes from: fit for logs.</param>
/// <param name="text">The secret.</param>
internal sealed class Secret(string source, string text)
{
    private const int Longest = 4096;

    /// <summary>The secret itself; goes into a header or a computation and nowhere else.</summary>
    internal string Text { get; } = text;

    /// <summary>True for one line of printable ASCII, which every header can carry.</summary>
    internal static bool IsUsable(string text) => text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and < '\x7f');

    /// <inheritdoc/>
    public override string ToString() => source;
}
