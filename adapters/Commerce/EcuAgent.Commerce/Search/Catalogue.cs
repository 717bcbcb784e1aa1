using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Search;

/// <summary>
/// Offers of merchants out of their product feeds. The feed is ACP's, for merchants of every protocol: UCP has none in its version. Safe for use
/// from several threads.
/// </summary>
internal sealed class Catalogue(CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private readonly FeedCache _feeds = new(options.FeedsKept, options.FeedFreshFor, time);

    internal async Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(
        MerchantEntry merchant, OfferQuery query, CancellationToken cancellationToken)
    {
        var (feed, failure) = await FeedOfAsync(merchant, cancellationToken).ConfigureAwait(false);
        return failure is not null
            ? failure.As<IReadOnlyList<CatalogueOffer>>()
            : CommerceAnswers.Done<IReadOnlyList<CatalogueOffer>>(
                [.. feed!.Find(query).Select(offer => offer.For(merchant.Id, merchant.Profile.IsSponsored))]);
    }

    private async Task<(Feed? Feed, Reply? Failure)> FeedOfAsync(MerchantEntry merchant, CancellationToken cancellationToken)
    {
        if (merchant.FeedUrl is not { } feedUrl)
        {
            return (new Feed(new WireProducts { Products = [] }), null);
        }

        var (kept, tag, isFresh) = _feeds.Get(merchant.Id);
        if (kept is not null && isFresh)
        {
            return (kept, null);
        }

        var call = HttpCall.To(merchant, Operation.Feed, feedUrl, options) with
        {
            ProtocolHeaders = AcpWords.Headers,
            KnownTag = tag,
            MostBytes = options.MaxFeedBytes,
        };
        var reply = await transport.SendAsync(call, Operation.Feed, new CallBudget(time, options.CallTimeout), cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return (null, reply);
        }

        if (reply.IsUnchanged)
        {
            _feeds.Keep(merchant.Id, kept!, tag);
            return (kept, null);
        }

        if (WireReader.Read(reply.Body, FeedJson.Default.WireProducts, Operation.Feed, merchant.Id, logger) is not { } products)
        {
            return (null, new Reply(CommerceOutcome.Unknown, CommerceReasons.BadAnswer));
        }

        var feed = new Feed(products);
        _feeds.Keep(merchant.Id, feed, reply.EntityTag);
        return (feed, null);
    }
}
