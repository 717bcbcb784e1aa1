using System.IO.Enumeration;

namespace EcuAgent.QwenExport;

/// <summary>Tensors whose name matches <paramref name="Pattern"/> (* any text, ? one character) are stored with <paramref name="Bits"/> bits.</summary>
internal sealed record BitRule(string Pattern, int Bits)
{
    public bool Matches(string name) => FileSystemName.MatchesSimpleExpression(Pattern, name, ignoreCase: false);

    /// <summary>Reads "PATTERN=BITS".</summary>
    /// <exception cref="ExportException">Not of that form.</exception>
    public static BitRule Parse(string text)
    {
        var cut = text.LastIndexOf('=');
        return cut > 0 && text[(cut + 1)..] is "4" or "8" or "16" or "32"
            ? new BitRule(text[..cut], int.Parse(text[(cut + 1)..], System.Globalization.CultureInfo.InvariantCulture))
            : throw new ExportException($"--tensor '{text}': expected PATTERN=BITS with 4, 8, 16 or 32 bits");
    }
}
