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
    private readonly CommerceAdapter? _adapter;
    private readonly PurchaseJournal? _journal;

    /// <summary>Opens what the settings name.</summary>
    /// <exception cref="EcuAgent.Commerce.Registry.RegistryException">The registry, or a file that it names, is not usable.</exception>
    public CommerceOwner(EcuAgentOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        if (options.Commerce.RegistryFile is null)
        {
            return;
        }

        _adapter = McpCommerce.Open(options.Commerce, loggers, time);
        try
        {
            _journal = PurchaseJournal.Open(options.Journal, time, loggers.CreateLogger<PurchaseJournal>());
        }
        catch (JournalException error)
        {
            loggers.CreateLogger<CommerceOwner>().JournalUnusable(error.Message);
            DegradedReason = "purchase_journal_unusable";
            return;
        }

        Purchases = new PurchaseEngine(_adapter, _adapter, _journal, options.Purchases, time, loggers.CreateLogger<PurchaseEngine>());
    }

    /// <summary>Carries out purchases; null where none can be made.</summary>
    public PurchaseEngine? Purchases { get; }

    /// <summary>Code for the heartbeat; null when all is well.</summary>
    public string? DegradedReason { get; }

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
    }
}
