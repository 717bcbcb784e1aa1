using System.Text.Json;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Idempotency;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Runs POST operations with the effect of one for all requests with the same key and body.</summary>
internal sealed class IdempotentRunner(IdempotencyStore store, TimeProvider time)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayHeader = "Idempotent-Replayed";

    private const int MaxKeyLength = 255;

    /// <summary>Work on a parsed body (undefined when there was none), awaiting the second argument amid it.</summary>
    public delegate Task<Answer> Work(JsonElement body, Func<Task> amid);

    /// <param name="request">The request.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="fault">What is to go wrong; null for nothing.</param>
    /// <param name="malformed">The answer to a body that is not JSON, from the reason.</param>
    /// <param name="work">The work; not begun unless the key is new.</param>
    /// <param name="stopping">The server ends.</param>
    public async Task<Answer> RunAsync(
        SimRequest request, string identity, FaultTicket? fault, Func<string, Answer> malformed, Work work, CancellationToken stopping)
    {
        if (request.Header(KeyHeader) is not { Length: <= MaxKeyLength } key)
        {
            return Invalid(400, "idempotency_key_required", $"{KeyHeader} header is required, with at most {MaxKeyLength} characters");
        }

        JsonElement body = default;
        if (request.Body.Length > 0 && !JsonRead.TryParse(request.Body, out body, out var reason))
        {
            return malformed(reason);
        }

        var scope = new IdempotencyKey(identity, $"{request.Method} {request.Path}", key);
        return store.Begin(scope, body, out var replay) switch
        {
            IdempotencyVerdict.Fresh => await WorkAsync(scope, body, fault, work, stopping),
            IdempotencyVerdict.Replay => replay!.With(ReplayHeader, "true"),
            IdempotencyVerdict.Conflict => Invalid(422, "idempotency_conflict", $"{KeyHeader} has already been used with a different request body"),
            IdempotencyVerdict.InFlight =>
                Invalid(409, "idempotency_in_flight", $"A request with this {KeyHeader} is currently being processed").With("Retry-After", "1"),
            _ => Answer.Error(503, "service_unavailable", "idempotency_store_full", "No further keys can be kept.").With("Retry-After", "3600"),
        };
    }

    private async Task<Answer> WorkAsync(IdempotencyKey scope, JsonElement body, FaultTicket? fault, Work work, CancellationToken stopping)
    {
        var isKept = false;
        try
        {
            var answer = await work(body, () => FaultyExchange.AmidAsync(fault, time, stopping));
            if (!answer.IsServerError && fault?.Request.Kind is not FaultKind.ErrorAfter)
            {
                store.Finish(scope, answer);
                isKept = true;
            }

            return answer;
        }
        finally
        {
            if (!isKept)
            {
                store.Drop(scope);
            }
        }
    }

    private static Answer Invalid(int status, string code, string message) => Answer.Error(status, "invalid_request", code, message);
}
