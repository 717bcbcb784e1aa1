using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>
/// Whose turn it is to work on the purchases of a journal that two services share. It is taken by the service that leads, and kept until that one does
/// not lead any more and all that it had begun has ended: an order that waits for its merchant is not touched by the other one. All members may be
/// called from any thread.
/// </summary>
/// <param name="journalLock">What keeps the other service off.</param>
/// <param name="mayAct">Whether this service leads at this instant.</param>
public sealed class JournalTurn(IJournalLock journalLock, Func<bool> mayAct)
{
    private readonly Lock _gate = new();
    private bool _isHeld;
    private bool _isRefused;
    private int _uses;

    /// <summary>Whether this service leads at this instant.</summary>
    public bool MayAct => mayAct();

    /// <summary>True while this service leads and another one keeps the journal.</summary>
    public bool IsRefused
    {
        get
        {
            lock (_gate)
            {
                return _isRefused && mayAct();
            }
        }
    }

    /// <summary>Begins a piece of work; null when it is not this service's turn. The turn stays here until that is disposed.</summary>
    /// <exception cref="JournalException">The lock cannot be made or opened.</exception>
    public IDisposable? TryUse()
    {
        lock (_gate)
        {
            if (!mayAct())
            {
                return null;
            }

            _isHeld = _isHeld || journalLock.TryTake();
            _isRefused = !_isHeld;
            if (!_isHeld)
            {
                return null;
            }

            _uses++;
            return new Use(this);
        }
    }

    /// <summary>
    /// To be called every few seconds. Lets the other service have its turn, unless this one leads or something that it began has not ended; takes
    /// it where this one leads and was refused, so that <see cref="IsRefused"/> ends also where there is no work.
    /// </summary>
    /// <exception cref="JournalException">The lock cannot be made or opened.</exception>
    public void Renew()
    {
        lock (_gate)
        {
            LetGo_NeedsLock();
            if (_isRefused && mayAct())
            {
                _isHeld = journalLock.TryTake();
                _isRefused = !_isHeld;
            }
        }
    }

    private void LetGo_NeedsLock()
    {
        if (_isHeld && _uses == 0 && !mayAct())
        {
            journalLock.Release();
            _isHeld = false;
        }
    }

    private sealed class Use(JournalTurn owner) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0)
            {
                return;
            }

            lock (owner._gate)
            {
                owner._uses--;
                owner.LetGo_NeedsLock();
            }
        }
    }
}
