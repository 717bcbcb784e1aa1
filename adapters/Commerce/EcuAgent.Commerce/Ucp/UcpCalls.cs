using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Signatures;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Ucp;

/// <summary>Makes UCP's requests: who the car is, its signature, and the check of the merchant's.</summary>
internal sealed class UcpCalls(UcpDiscovery discovery, UcpEntry? self, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private readonly string _agent = AgentOf(self?.ProfileUrl);
    private readonly string _firstAgent = AgentOf(self?.FirstProfileUrl ?? self?.ProfileUrl);

    internal HttpCall Get(MerchantEntry merchant, MerchantTerms? terms, Operation operation, string path) =>
        Signed(HttpCall.To(merchant, operation, Endpoint.Below(merchant.BaseUrl, path), options), merchant, terms);

    internal HttpCall Send(
        HttpMethod method, MerchantEntry merchant, MerchantTerms? terms, Operation operation, string path, ReadOnlyMemory<byte> body, string idempotencyKey) =>
        Signed(HttpCall.To(merchant, operation, Endpoint.Below(merchant.BaseUrl, path), options) with { Method = method, Body = body, IdempotencyKey = idempotencyKey }, merchant, terms);

    private static string AgentOf(Uri? profile) => $"profile={SfBare.Of(profile?.AbsoluteUri ?? "")}";

    // Merchants of the first version read lists in the car's profile that later ones read as records.
    private HttpCall Signed(HttpCall call, MerchantEntry merchant, MerchantTerms? terms)
    {
        var agent = terms?.Version == UcpWords.First ? _firstAgent : _agent;
        var headers = new List<KeyValuePair<string, string>> { new(UcpWords.AgentHeader, agent) };
        if (self?.SigningKey is { } key)
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["ucp-agent"] = agent, ["content-type"] = RequestBody.MediaType };
            if (call.IdempotencyKey is { } idempotencyKey)
            {
                fields["idempotency-key"] = idempotencyKey;
            }

            var message = new SignedMessage
            {
                Method = (call.Method ?? HttpMethod.Get).Method,
                Target = call.Target,
                Fields = fields,
                Body = call.Body ?? ReadOnlyMemory<byte>.Empty,
            };
            headers.AddRange(MessageSigner.Sign(message, key, time.GetUtcNow()));
        }

        return call with { ProtocolHeaders = headers, Check = end => Checked(end, call, merchant, terms?.Keys ?? KeySet.None) };
    }

    // A signature that is there and does not hold says that somebody changed the answer, whether signatures are asked for or not.
    private HttpEnd Checked(HttpEnd end, HttpCall call, MerchantEntry merchant, KeySet keys)
    {
        var answer = new SignedMessage { Status = end.Status, Fields = end.Fields, Body = end.Body };
        var isVerifiable = SignatureCheck.IsSigned(answer) && !keys.IsEmpty;
        if (!isVerifiable && !merchant.AreAnswersSigned)
        {
            return end;
        }

        var (reason, _) = SignatureCheck.Of(answer, keys, time.GetUtcNow(), options.WebhookTolerance, mustBeDated: false);
        if (reason == SignatureCheck.Genuine)
        {
            return end;
        }

        Log.AnswerNotGenuine(logger, call.Operation, merchant.Id, reason);
        if (reason == SignatureCheck.KeyNotFound)
        {
            discovery.Doubt(merchant);
        }

        return new HttpEnd(HttpEndKind.BadAnswer, $"status {end.Status}, {reason}") { Status = end.Status };
    }
}
