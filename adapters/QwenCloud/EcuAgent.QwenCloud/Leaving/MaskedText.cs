namespace EcuAgent.QwenCloud.Leaving;

/// <summary>A text whose hidden parts stayed in the car.</summary>
/// <param name="Text">What may leave.</param>
/// <param name="Hidden">Mask and hidden part, in the order of the text.</param>
internal sealed record MaskedText(string Text, IReadOnlyList<(string Mask, string Part)> Hidden)
{
    /// <summary>Puts the hidden parts back into a text that came from outside.</summary>
    public string Unmask(string text)
    {
        foreach (var (mask, part) in Hidden)
        {
            text = text.Replace(mask, part, StringComparison.Ordinal);
        }

        return text;
    }
}
