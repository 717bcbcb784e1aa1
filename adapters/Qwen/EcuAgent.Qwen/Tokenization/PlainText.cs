using System.Text;

namespace EcuAgent.Qwen.Tokenization;

/// <summary>Brings any .NET string into the form that the tokenizer works on.</summary>
internal static class PlainText
{
    /// <summary>Replaces lone surrogates by U+FFFD and composes to NFC.</summary>
    public static string Normalize(string text) => WellFormed(text).Normalize(NormalizationForm.FormC);

    /// <summary>Whether this process can normalise at all: without ICU the call above silently changes nothing.</summary>
    public static bool CanNormalize() => "e\u0301".Normalize(NormalizationForm.FormC).Length == 1;

    private static string WellFormed(string text)
    {
        var isWellFormed = true;
        for (var i = 0; i < text.Length && isWellFormed; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                isWellFormed = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                i++;
            }
        }

        return isWellFormed ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
