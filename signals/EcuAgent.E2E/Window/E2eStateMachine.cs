using System.Numerics;

namespace EcuAgent.E2E;

/// <summary>
/// Makes a state out of the last checks. Pure: no clock, no input or output. Not thread-safe; allocates nothing per check.
/// </summary>
public sealed class E2eStateMachine
{
    private readonly E2eWindowOptions options;

    // One bit a check, the newest lowest.
    private ulong oks;
    private ulong errors;

    /// <summary>Starts with <see cref="E2eState.NoData"/>.</summary>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eStateMachine(E2eWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.ThrowIfAny(options.Faults(), nameof(options));
        this.options = options;
    }

    /// <summary>The state after the last check.</summary>
    public E2eState State { get; private set; }

    /// <summary>Takes the result of one check.</summary>
    /// <returns>The state now.</returns>
    public E2eState Add(E2eCheckStatus status)
    {
        if (State == E2eState.NoData)
        {
            // What comes before the first intact message, and that message itself, count nowhere.
            State = status == E2eCheckStatus.NoNewData || status.IsError() ? E2eState.NoData : E2eState.Init;
            return State;
        }

        oks = (oks << 1) | (status.IsOk() ? 1UL : 0);
        errors = (errors << 1) | (status.IsError() ? 1UL : 0);
        Keep(State switch
        {
            E2eState.Init => options.WindowSizeInit,
            E2eState.Valid => options.WindowSizeValid,
            _ => options.WindowSizeInvalid,
        });
        switch (State)
        {
            case E2eState.Init when ErrorCount > options.MaxErrorInit:
                EnterInvalid();
                break;
            case E2eState.Init when OkCount >= options.MinOkInit:
                State = E2eState.Valid;
                break;
            case E2eState.Valid when ErrorCount > options.MaxErrorValid || OkCount < options.MinOkValid:
                EnterInvalid();
                break;
            case E2eState.Invalid when ErrorCount <= options.MaxErrorInvalid && OkCount >= options.MinOkInvalid:
                State = E2eState.Valid;
                break;
        }

        return State;
    }

    /// <summary>Starts anew with <see cref="E2eState.NoData"/>.</summary>
    public void Reset()
    {
        State = E2eState.NoData;
        oks = 0;
        errors = 0;
    }

    private int OkCount => BitOperations.PopCount(oks);

    private int ErrorCount => BitOperations.PopCount(errors);

    private void EnterInvalid()
    {
        State = E2eState.Invalid;
        if (options.ClearOnInvalid)
        {
            oks = 0;
            errors = 0;
        }
    }

    private void Keep(int windowSize)
    {
        var mask = ulong.MaxValue >> (E2eWindowOptions.MaxWindowSize - windowSize);
        oks &= mask;
        errors &= mask;
    }
}
