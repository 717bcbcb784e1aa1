using System.Text.Json.Serialization.Metadata;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// Documents that merchants have at a well-known place (RFC 8615), and what was made of them. What was made of one that could not be had holds for
/// a minute, everything else for <see cref="CommerceOptions.DiscoveryHolds"/>. When too many are kept the least recently used one is dropped.
/// Safe for use from several threads.
/// </summary>
/// <typeparam name="TDocument">The document.</typeparam>
/// <typeparam name="TKnown">What is kept of it.</typeparam>
internal sealed class WellKnown<TDocument, TKnown>(
    string name, JsonTypeInfo<TDocument> type, CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
    where TDocument : class
    where TKnown : class
{
    private const int Most = 64;

    private static readonly TimeSpan MissingHolds = TimeSpan.FromMinutes(1);

    private readonly string _location = ".well-known/" + name;
    private readonly BoundedMap<string, Entry> _entries = new(Most);

    /// <summary>What every request for it says of the protocol.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> ProtocolHeaders { get; init; } = [];

    /// <summary>What is known and holds; null when nothing. Asks nobody.</summary>
    internal TKnown? Known(MerchantEntry merchant) =>
        _entries.TryGet(KeyOf(merchant), out var entry) && time.GetElapsedTime(entry.AskedAt) < entry.HoldsFor ? entry.Known : null;

    /// <summary>Keeps what was made of a document.</summary>
    /// <param name="merchant">Whose.</param>
    /// <param name="known">What is kept.</param>
    /// <param name="isMissing">True where the document could not be had.</param>
    internal void Keep(MerchantEntry merchant, TKnown known, bool isMissing) =>
        _entries.Set(KeyOf(merchant), new Entry(known, time.GetTimestamp(), isMissing ? MissingHolds : options.DiscoveryHolds));

    /// <summary>Has what is kept hold no longer than that of a missing one.</summary>
    internal void Doubt(MerchantEntry merchant)
    {
        if (_entries.TryGet(KeyOf(merchant), out var entry) && entry.HoldsFor > MissingHolds)
        {
            _entries.Set(KeyOf(merchant), entry with { HoldsFor = MissingHolds });
        }
    }

    /// <summary>Reads the document at the merchant's origin; where merchants share one, each may have its own below its address.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(TDocument? Document, Uri Address, Reply Reply)> FindAsync(
        MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        var address = new Uri(merchant.BaseUrl, "/" + _location);
        var (document, reply) = await ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        if (document is null && merchant.BaseUrl.AbsolutePath != "/" && !reply.IsUnreached)
        {
            address = Endpoint.Below(merchant.BaseUrl, _location);
            (document, reply) = await ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        }

        return (document, address, reply);
    }

    /// <summary>Reads the document at an address.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(TDocument? Document, Reply Reply)> ReadAsync(
        MerchantEntry merchant, Uri address, CallBudget budget, CancellationToken cancellationToken)
    {
        var call = new HttpCall
        {
            Operation = nameof(Operation.Discover),
            Party = merchant.Id,
            Target = address,
            ProtocolHeaders = ProtocolHeaders,
            MostBytes = options.MaxAnswerBytes,
            IsRepeatable = true,
            AttemptTimeout = options.AttemptTimeout,
        };
        var reply = await transport.SendAsync(call, Operation.Discover, budget, cancellationToken).ConfigureAwait(false);
        var document = reply.Outcome == CommerceOutcome.Done
            ? WireReader.Read(reply.Body, type, Operation.Discover, merchant.Id, logger)
            : null;
        return (document, reply);
    }

    private static string KeyOf(MerchantEntry merchant) => merchant.BaseUrl.AbsoluteUri;

    private sealed record Entry(TKnown Known, long AskedAt, TimeSpan HoldsFor);
}
