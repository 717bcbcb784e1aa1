using EcuAgent.Commerce;
using EcuAgent.Commerce.Journal;
using EcuAgent.Commerce.Mcp;
using EcuAgent.Commerce.Receiver;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>
/// Merchants, payment and journal, where a registry is set up. A registry that is wrong stops the start, like any other setting; a journal that
/// cannot be opened leaves the service without purchases, and says so.
/// </summary>
internal sealed class CommerceOwner : IDisposable
{
    private static readonly TimeSpan LockPeriod = TimeSpan.FromMilliseconds(50);

    private readonly CommerceAdapter? _adapter;
    private readonly PurchaseJournal? _journal;
    private readonly JournalLock? _lock;
    private readonly JournalTurn? _turn;
    private string? _fault;

    private CommerceOwner(EcuAgentOptions options, TimeProvider time, ILoggerFactory loggers, Func<bool>? leads)
    {
        if (options.Commerce.RegistryFile is null)
        {
            return;
        }

        _adapter = McpCommerce.Open(options.Commerce, loggers, time);
        try
        {
            _journal = PurchaseJournal.Open(options.Journal, time, loggers.CreateLogger<PurchaseJournal>());
            _lock = new JournalLock(options.Journal.ResolvedDirectory);
        }
        catch (JournalException error)
        {
            GoWithout(error, loggers);
            return;
        }

        _turn = new JournalTurn(_lock, leads ?? (static () => true));
        Purchases = new PurchaseEngine(_adapter, _adapter, _journal, options.Purchases, time, loggers.CreateLogger<PurchaseEngine>(), _turn);
    }

    /// <summary>Carries out purchases; null where none can be made.</summary>
    public PurchaseEngine? Purchases { get; private set; }

    /// <summary>Code for the heartbeat; null when all is well.</summary>
    public string? DegradedReason => _fault ?? (_turn?.IsRefused == true ? "purchase_journal_held" : null);

    /// <summary>Opens what the settings name.</summary>
    /// <param name="options">All settings.</param>
    /// <param name="time">Clock.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="leads">
    /// Whether this service of a hot-standby pair leads at this instant: the journal is its own for as long. Null for a service that is alone, whose
    /// the journal is from the start or not at all.
    /// </param>
    /// <exception cref="EcuAgent.Commerce.Registry.RegistryException">The registry, or a file that it names, is not usable.</exception>
    public static async Task<CommerceOwner> OpenAsync(EcuAgentOptions options, TimeProvider time, ILoggerFactory loggers, Func<bool>? leads = null)
    {
        var owner = new CommerceOwner(options, time, loggers, leads);
        if (leads is null && owner._lock is { } journalLock && owner.Purchases is not null)
        {
            try
            {
                await TakeForGoodAsync(journalLock, options.Journal, time).ConfigureAwait(false);
            }
            catch (JournalException error)
            {
                owner.GoWithout(error, loggers);
            }
        }

        return owner;
    }

    /// <summary>
    /// To be called every few seconds: lets the other service of a pair work on the journal, as soon as this one neither leads nor has anything under way
    /// in it, and asks for it anew where it was refused.
    /// </summary>
    /// <exception cref="JournalException">The lock cannot be made or opened.</exception>
    public void RenewTurn() => _turn?.Renew();

    /// <summary>Listens for order events where that is set up and anything can be bought; null otherwise.</summary>
    /// <exception cref="ReceiverException">The address cannot be listened on.</exception>
    public async Task<OrderEventReceiver?> ReceiveAsync(ReceiverOptions options, OrderNews news, TimeProvider time, ILoggerFactory loggers) =>
        options.Listen is not null && Purchases is not null
            ? await OrderEventReceiver.StartAsync(options, _adapter!.Webhooks, news.TryTell, time, loggers).ConfigureAwait(false)
            : null;

    /// <summary>Removes what the journal does not have to keep any longer; the journal logs what that was.</summary>
    /// <exception cref="JournalException">It could not be made durable.</exception>
    public Task PurgeAsync(CancellationToken cancellationToken) => _journal?.PurgeAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        _adapter?.Dispose();
        _journal?.Dispose();
        _lock?.Dispose();
    }

    // One that was killed a moment ago may still be ending: its lock goes last.
    private static async Task TakeForGoodAsync(JournalLock journalLock, PurchaseJournalOptions options, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        while (!journalLock.TryTake())
        {
            if (time.GetElapsedTime(begun) >= options.BusyTimeout)
            {
                throw new JournalException(
                    $"EcuAgent:Journal:Directory = {options.ResolvedDirectory} is in use by another service (its process id stands in purchases.lock); allowed: a folder for each service, or EcuAgent:Standby:Role for two that share one");
            }

            await Task.Delay(LockPeriod, time).ConfigureAwait(false);
        }
    }

    private void GoWithout(JournalException error, ILoggerFactory loggers)
    {
        loggers.CreateLogger<CommerceOwner>().JournalUnusable(error.Message);
        _fault = "purchase_journal_unusable";
        Purchases = null;
    }
}
