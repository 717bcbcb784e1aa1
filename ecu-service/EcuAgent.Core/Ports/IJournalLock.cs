namespace EcuAgent.Core.Ports;

/// <summary>The lock of one purchase journal: of all services that use the journal, at most one has it. Freed by the system when its process ends, however.</summary>
public interface IJournalLock
{
    /// <summary>Takes the lock; true as well when it is held here already. Never waits.</summary>
    /// <exception cref="Commerce.JournalException">It cannot be made or opened.</exception>
    bool TryTake();

    /// <summary>Lets go of it; nothing where it is not held.</summary>
    void Release();
}
