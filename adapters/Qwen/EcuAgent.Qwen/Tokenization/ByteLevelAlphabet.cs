namespace EcuAgent.Qwen.Tokenization;

/// <summary>
/// The byte-level BPE alphabet: printable Latin-1 bytes stand for themselves, the other 68 are moved to U+0100 and above, in
/// order, so that a vocabulary holds no control or space characters (as published with GPT-2 and used by Qwen).
/// </summary>
internal static class ByteLevelAlphabet
{
    private const int MovedTo = 0x100;
    private static readonly char[] ToChar = BuildToChar();
    private static readonly Dictionary<char, byte> ToByte = BuildToByte();

    public static char CharOf(byte value) => ToChar[value];

    /// <summary>Bytes of a vocabulary entry, or null when it holds a character outside the alphabet.</summary>
    public static byte[]? TryBytes(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!ToByte.TryGetValue(token[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] BuildToChar()
    {
        var map = new char[256];
        var moved = 0;
        for (var b = 0; b < 256; b++)
        {
            var isPrintable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            map[b] = (char)(isPrintable ? b : MovedTo + moved++);
        }

        return map;
    }

    private static Dictionary<char, byte> BuildToByte()
    {
        var map = new Dictionary<char, byte>();
        for (var b = 0; b < 256; b++)
        {
            map.Add(ToChar[b], (byte)b);
        }

        return map;
    }
}
