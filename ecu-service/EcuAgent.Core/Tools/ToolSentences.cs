namespace EcuAgent.Core.Tools;

/// <summary>
/// Finds the tool that an utterance asks for, without a model: the whole utterance has to be one of the sentences of the file. Several calls that
/// fit are not guessed between. Pure.
/// </summary>
internal sealed class ToolSentences(IReadOnlyList<SpokenTool> tools)
{
    /// <summary>The tool that is asked for.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="language">BCP 47 tag; sentences of other languages are not looked at, and those of all where it is empty.</param>
    public ToolMatch Find(string text, string language)
    {
        var clean = SaidText.Clean(text);
        var spoken = language.Split('-', '_')[0];
        ToolSentence? found = null;
        foreach (var tool in tools)
        {
            foreach (var phrasing in tool.Phrasings.Where(phrasing => spoken.Length == 0 || string.Equals(phrasing.Language, spoken, StringComparison.OrdinalIgnoreCase)))
            {
                var (fits, isTooMuch) = phrasing.Fit(clean);
                foreach (var sentence in fits.Select(tool.With).OfType<ToolSentence>())
                {
                    if (found?.IsSame(sentence) == false)
                    {
                        return new ToolMatch(null, IsAmbiguous: true);
                    }

                    found = sentence;
                }

                if (isTooMuch)
                {
                    return new ToolMatch(null, IsAmbiguous: true);
                }
            }
        }

        return new ToolMatch(found, IsAmbiguous: false);
    }
}
