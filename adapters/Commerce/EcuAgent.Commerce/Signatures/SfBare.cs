using System.Globalization;
using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>Kinds of bare items of RFC 9651 (RFC 8941), as far as signatures have them.</summary>
internal enum SfKind
{
    Integer,
    Decimal,
    String,
    Token,
    Bytes,
    Flag,
}

/// <summary>A bare item of a structured field.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its content: digits, text without quotes, token, base64, or <c>1</c> and <c>0</c> for a flag.</param>
internal readonly record struct SfBare(SfKind Kind, string Text)
{
    internal static SfBare True { get; } = new(SfKind.Flag, "1");

    internal static SfBare Of(long number) => new(SfKind.Integer, number.ToString(CultureInfo.InvariantCulture));

    internal static SfBare Of(string text) => new(SfKind.String, text);

    internal static SfBare Of(ReadOnlySpan<byte> bytes) => new(SfKind.Bytes, Convert.ToBase64String(bytes));

    /// <summary>The number; null where this is no integer.</summary>
    internal long? Number => Kind == SfKind.Integer ? long.Parse(Text, CultureInfo.InvariantCulture) : null;

    /// <summary>The text; null where this is no string.</summary>
    internal string? String => Kind == SfKind.String ? Text : null;

    /// <summary>The bytes; null where this is no byte sequence.</summary>
    internal byte[]? Bytes => Kind == SfKind.Bytes ? Convert.FromBase64String(Text) : null;

    /// <summary>As it is written.</summary>
    public override string ToString() => Kind switch
    {
        SfKind.String => Quoted(Text),
        SfKind.Bytes => $":{Text}:",
        SfKind.Flag => "?" + Text,
        _ => Text,
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
