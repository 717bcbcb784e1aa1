namespace EcuAgent.E2E;

/// <summary>The receiver's side of one protected message: checks headers and keeps the order. Not thread-safe; allocates nothing per message.</summary>
public sealed class E2eChecker
{
    private readonly ProfileLayout layout;
    private readonly int shortest;
    private readonly int longest;
    private CounterRule order;

    /// <summary>Starts without any message.</summary>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eChecker(E2eOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.ThrowIfAny(options.Faults(), nameof(options));
        layout = options.CreateLayout();
        shortest = options.ShortestBytes;
        longest = options.MaxLengthBytes;
        order = new CounterRule(options);
    }

    /// <summary>Messages missing before the last accepted one.</summary>
    public uint LostMessages => order.Lost;

    /// <summary>Checks one message.</summary>
    /// <param name="message">All protected bytes, and none beyond.</param>
    public E2eCheckStatus Check(ReadOnlySpan<byte> message)
    {
        if (message.Length < shortest || message.Length > longest)
        {
            order.Widen();
            return E2eCheckStatus.WrongLength;
        }

        var status = layout.Open(message, out var counter);
        if (status == E2eCheckStatus.Ok)
        {
            return order.Judge(counter);
        }

        order.Widen();
        return status;
    }

    /// <summary>The time of a check has come and no message with it. Receivers without fixed times need not call it.</summary>
    public E2eCheckStatus NoNewData()
    {
        order.Silence();
        return E2eCheckStatus.NoNewData;
    }

    /// <summary>Forgets the order: the sender is known to have started anew.</summary>
    public void Reset() => order.Reset();
}
