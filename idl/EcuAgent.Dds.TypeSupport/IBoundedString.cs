namespace EcuAgent.Dds.TypeSupport;

/// <summary>The C mapping of IDL <c>string&lt;N&gt;</c>: N + 1 bytes of UTF-8 in place, ended by a zero byte.</summary>
/// <remarks>
/// N counts bytes, not characters. What comes off a wire may lack the zero or be no UTF-8: every member here takes that,
/// reads at most N bytes and never throws.
/// </remarks>
public interface IBoundedString
{
    /// <summary>N: the most bytes of UTF-8 that fit, the final zero not counted.</summary>
    static abstract int CapacityBytes { get; }

    /// <summary>True when there is no text.</summary>
    bool IsEmpty { get; }

    /// <summary>True when the content ends in a zero byte and is valid UTF-8.</summary>
    bool IsWellFormed { get; }

    /// <summary>Sets the text; false, and nothing changed, when it needs more than N bytes or holds U+0000.</summary>
    /// <param name="text">Any text. A lone surrogate becomes U+FFFD.</param>
    bool TrySet(ReadOnlySpan<char> text);

    /// <summary>Sets the text from UTF-8; false, and nothing changed, when it is too long, holds a zero byte or is no UTF-8.</summary>
    bool TrySetUtf8(ReadOnlySpan<byte> utf8);

    /// <summary>Sets as much of the text as fits, cut between two code points; false when something was cut.</summary>
    /// <param name="text">Any text. A lone surrogate becomes U+FFFD; U+0000 ends it.</param>
    bool SetTruncated(ReadOnlySpan<char> text);

    /// <summary>Makes the string empty and every byte of it zero.</summary>
    void Clear();
}
