namespace EcuAgent.E2E;

/// <summary>The sender's side of one protected message: writes headers and keeps the counter. Not thread-safe; allocates nothing per message.</summary>
public sealed class E2eProtector
{
    private readonly ProfileLayout layout;
    private readonly ulong counterValues;
    private readonly int shortest;
    private readonly int longest;

    /// <summary>Starts with a counter.</summary>
    /// <param name="options">What the receiver expects.</param>
    /// <param name="firstCounter">Counter of the first message; taken modulo the profile's number of counter values.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eProtector(E2eOptions options, uint firstCounter = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.ThrowIfAny(options.Faults(), nameof(options));
        layout = options.CreateLayout();
        counterValues = options.CounterValues;
        shortest = options.ShortestBytes;
        longest = options.MaxLengthBytes;
        Counter = (uint)(firstCounter % counterValues);
    }

    /// <summary>Counter of the next message.</summary>
    public uint Counter { get; private set; }

    /// <summary>Writes the header into a message that has room for it at the offset. Other bytes are not touched.</summary>
    /// <param name="message">All protected bytes, and none beyond.</param>
    public E2eProtectStatus Protect(Span<byte> message)
    {
        if (message.Length < shortest)
        {
            return E2eProtectStatus.TooShort;
        }

        if (message.Length > longest)
        {
            return E2eProtectStatus.TooLong;
        }

        layout.Seal(message, Counter);
        Counter = (uint)((Counter + 1UL) % counterValues);
        return E2eProtectStatus.Protected;
    }
}
