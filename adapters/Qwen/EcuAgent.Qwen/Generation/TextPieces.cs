using System.Text;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>Bytes of tokens to pieces of text; a character that a token has cut waits for its end.</summary>
internal sealed class TextPieces
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>The characters that these bytes complete, or null where there are none.</summary>
    public TextContent? Take(byte[] bytes)
    {
        var chars = new char[_utf8.GetCharCount(bytes, flush: false)];
        return _utf8.GetChars(bytes, chars, flush: false) is > 0 and var count ? new TextContent(new string(chars, 0, count)) : null;
    }
}
