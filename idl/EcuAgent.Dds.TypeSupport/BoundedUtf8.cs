using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EcuAgent.Dds.TypeSupport;

/// <summary>What all bounded strings share, over their storage of N + 1 bytes. Allocates only in <see cref="ToText"/>.</summary>
/// <remarks>The bytes after the text are always zeroed, so that no earlier content stays behind in a reused sample.</remarks>
public static class BoundedUtf8
{
    /// <summary>The bytes before the first zero, at most N of them.</summary>
    /// <param name="storage">All N + 1 bytes.</param>
    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> storage)
    {
        var end = storage.IndexOf((byte)0);
        return storage[..(end >= 0 ? end : storage.Length - 1)];
    }

    /// <inheritdoc cref="IBoundedString.IsWellFormed"/>
    public static bool IsWellFormed(ReadOnlySpan<byte> storage)
    {
        var end = storage.IndexOf((byte)0);
        return end >= 0 && Utf8.IsValid(storage[..end]);
    }

    /// <inheritdoc cref="IBoundedString.TrySet"/>
    public static bool TrySet(Span<byte> storage, ReadOnlySpan<char> text)
    {
        // Every char gives at least one byte, so a longer text is refused before it is counted.
        if (text.Length > storage.Length - 1 || text.Contains('\0') || Encoding.UTF8.GetByteCount(text) > storage.Length - 1)
        {
            return false;
        }

        return SetTruncated(storage, text);
    }

    /// <inheritdoc cref="IBoundedString.TrySetUtf8"/>
    public static bool TrySetUtf8(Span<byte> storage, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > storage.Length - 1 || utf8.Contains((byte)0) || !Utf8.IsValid(utf8))
        {
            return false;
        }

        utf8.CopyTo(storage);
        storage[utf8.Length..].Clear();
        return true;
    }

    /// <inheritdoc cref="IBoundedString.SetTruncated"/>
    public static bool SetTruncated(Span<byte> storage, ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\0');
        var status = Utf8.FromUtf16(end >= 0 ? text[..end] : text, storage[..^1], out _, out var written);
        storage[written..].Clear();
        return end < 0 && status == OperationStatus.Done;
    }

    /// <summary>The text; bytes that are no UTF-8 become U+FFFD.</summary>
    public static string ToText(ReadOnlySpan<byte> storage) => Encoding.UTF8.GetString(Content(storage));

    /// <summary>A hash of the text, the same for equal texts within one process.</summary>
    public static int HashCode(ReadOnlySpan<byte> storage)
    {
        var hash = default(HashCode);
        hash.AddBytes(Content(storage));
        return hash.ToHashCode();
    }

    /// <summary>Throws for a text that <see cref="TrySet"/> refused.</summary>
    /// <exception cref="ArgumentException">Always; it names the bound and the needed bytes, not the text.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void ThrowDoesNotFit(int capacityBytes, ReadOnlySpan<char> text) => throw new ArgumentException(
        text.Contains('\0')
            ? $"The text holds U+0000, which ends a string<{capacityBytes}>."
            : $"The text needs {Encoding.UTF8.GetByteCount(text)} bytes of UTF-8, a string<{capacityBytes}> takes {capacityBytes}.",
        nameof(text));
}
