using System.Globalization;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Payment;

/// <summary>ACP's delegated payment: a token that pays once, bounded by an allowance.</summary>
internal sealed class DelegatedPayment(CommerceTransport transport, PaymentEntry? provider, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private const string Party = "payment provider";
    private const int LongestToken = 1024;
    private const int LongestKey = 255;

    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>Asks for a token. Safe to repeat with the same key: a token that nobody uses costs nothing.</summary>
    internal async Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (idempotencyKey.Length is 0 or > LongestKey || idempotencyKey.Any(c => c is <= ' ' or >= '\x7f'))
        {
            throw new ArgumentException($"an idempotency key has 1 to {LongestKey} printable ASCII characters", nameof(idempotencyKey));
        }

        if (provider is null || !provider.MerchantIds.TryGetValue(allowance.MerchantId, out var merchantId))
        {
            return CommerceAnswers.Refused<PaymentGrant>(CommerceReasons.NoInstrument);
        }

        if (!allowance.Limit.IsKnown)
        {
            return CommerceAnswers.Refused<PaymentGrant>(CommerceReasons.AmountUnknown);
        }

        var call = new HttpCall
        {
            Operation = nameof(Operation.Grant),
            Party = Party,
            Target = Endpoint.Below(provider.BaseUrl, "agentic_commerce/delegate_payment"),
            ProtocolHeaders = AcpWords.Headers,
            Body = BodyOf(provider, allowance, merchantId),
            BearerToken = provider.BearerToken,
            IdempotencyKey = idempotencyKey,
            MostBytes = options.MaxAnswerBytes,
            IsRepeatable = true,
            AttemptTimeout = options.AttemptTimeout,
        };
        var budget = new CallBudget(time, options.CallTimeout);
        var reply = await transport.SendAsync(call, Operation.Grant, budget, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return reply.As<PaymentGrant>();
        }

        var granted = WireReader.Read(reply.Body, AcpJson.Default.WireDelegateResponse, Operation.Grant, Party, logger);
        return granted is { Id.Length: > 0 and <= LongestToken }
            ? CommerceAnswers.Done(new PaymentGrant(granted.Id))
            : CommerceAnswers.Unknown<PaymentGrant>(CommerceReasons.BadAnswer);
    }

    private static ReadOnlyMemory<byte> BodyOf(PaymentEntry provider, PaymentAllowance allowance, string merchantId) => WireReader.Written(
        new WireDelegateRequest
        {
            PaymentMethod = new WireCard
            {
                Type = "card",
                CardNumberType = "network_token",
                Number = provider.Instrument.Text,
                DisplayCardFundingType = provider.FundingType,
                Metadata = NoMetadata,
            },
            Allowance = new WireAllowance
            {
                Reason = "one_time",
                MaxAmount = allowance.Limit.MinorUnits,
                Currency = allowance.Limit.Currency!.ToLowerInvariant(),
                CheckoutSessionId = allowance.SessionId,
                MerchantId = merchantId,
                ExpiresAt = allowance.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            RiskSignals = [],
            Metadata = NoMetadata,
        },
        AcpJson.Default.WireDelegateRequest);
}
