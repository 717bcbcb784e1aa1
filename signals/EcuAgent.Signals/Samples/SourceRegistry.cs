namespace EcuAgent.Signals;

/// <summary>
/// Gives each sender's name a small number. Holds at most <see cref="Capacity"/> names; when it is full a new name is refused
/// and counted, and known names go on working. Thread-safe; a known name costs no allocation.
/// </summary>
public sealed class SourceRegistry
{
    /// <summary>Most names held.</summary>
    public const int Capacity = 64;

    /// <summary>Longest name in UTF-8 bytes, as in the wire contract.</summary>
    public const int MaxNameBytes = 32;

    private readonly Lock guard = new();
    private readonly byte[][] encoded = new byte[Capacity][];
    private readonly string[] names = new string[Capacity];
    private int count;
    private long refusedCount;

    /// <summary>Names refused because the registry was full or the name empty or too long.</summary>
    public long RefusedCount => Interlocked.Read(ref refusedCount);

    /// <summary>Finds or adds a name of 1 .. <see cref="MaxNameBytes"/> bytes.</summary>
    /// <returns>False when the name was refused.</returns>
    public bool TryIntern(ReadOnlySpan<byte> utf8Name, out SourceId source)
    {
        if (utf8Name.IsEmpty || utf8Name.Length > MaxNameBytes)
        {
            return Refuse(out source);
        }

        lock (guard)
        {
            for (var i = 0; i < count; i++)
            {
                if (utf8Name.SequenceEqual(encoded[i]))
                {
                    source = new SourceId((ushort)(i + 1));
                    return true;
                }
            }

            if (count == Capacity)
            {
                return Refuse(out source);
            }

            encoded[count] = utf8Name.ToArray();
            names[count] = System.Text.Encoding.UTF8.GetString(utf8Name);
            source = new SourceId((ushort)++count);
            return true;
        }
    }

    /// <inheritdoc cref="TryIntern(ReadOnlySpan{byte}, out SourceId)"/>
    public bool TryIntern(string name, out SourceId source)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = stackalloc byte[MaxNameBytes];
        return System.Text.Encoding.UTF8.TryGetBytes(name, bytes, out var length)
            ? TryIntern(bytes[..length], out source)
            : Refuse(out source);
    }

    /// <summary>The name behind a number; empty for a number that was never given.</summary>
    public string NameOf(SourceId source)
    {
        lock (guard)
        {
            return source.Value >= 1 && source.Value <= count ? names[source.Value - 1] : string.Empty;
        }
    }

    private bool Refuse(out SourceId source)
    {
        Interlocked.Increment(ref refusedCount);
        source = SourceId.None;
        return false;
    }
}
