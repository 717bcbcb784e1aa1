namespace EcuAgent.E2E;

/// <summary>Check and state machine of one protected message in one place. Not thread-safe; allocates nothing per message.</summary>
public sealed class E2eReceiver
{
    private readonly E2eChecker checker;
    private readonly E2eStateMachine machine;

    /// <summary>Starts without any message.</summary>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eReceiver(E2eOptions options, E2eWindowOptions window)
    {
        checker = new E2eChecker(options);
        machine = new E2eStateMachine(window);
    }

    /// <summary>The state after the last check.</summary>
    public E2eState State => machine.State;

    /// <summary>Messages missing before the last accepted one.</summary>
    public uint LostMessages => checker.LostMessages;

    /// <summary>Checks one message.</summary>
    /// <param name="message">All protected bytes, and none beyond.</param>
    public E2eVerdict Receive(ReadOnlySpan<byte> message) => Add(checker.Check(message));

    /// <summary>The time of a check has come and no message with it.</summary>
    public E2eVerdict NoNewData() => Add(checker.NoNewData());

    /// <summary>Starts anew: the sender is known to have done so.</summary>
    public void Reset()
    {
        checker.Reset();
        machine.Reset();
    }

    private E2eVerdict Add(E2eCheckStatus check) => new(check, machine.Add(check));
}
