using System.Text.Json;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Idempotency;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Runs operations with the effect of one for all requests with the same key and body.</summary>
internal sealed class IdempotentRunner(IdempotencyStore store, TimeProvider time)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayHeader = "Idempotent-Replayed";

    /// <summary>Most characters of a key.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>Work on a parsed body (undefined when there was none), awaiting the second argument amid it.</summary>
    public delegate Task<Answer> Work(JsonElement body, Func<Task> amid);

    /// <param name="request">The request.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="fault">What is to go wrong; null for nothing.</param>
    /// <param name="words">The protocol's rules and answers.</param>
    /// <param name="work">The work; not begun unless the key is new.</param>
    /// <param name="stopping">The server ends.</param>
    public async Task<Answer> RunAsync(
        SimRequest request, string identity, FaultTicket? fault, IdempotencyWords words, Work work, CancellationToken stopping)
    {
        var key = request.Header(KeyHeader);
        if (key is null ? words.IsKeyRequired : key.Length > MaxKeyLength)
        {
            return words.MissingKey();
        }

        JsonElement body = default;
        if (request.Body.Length > 0 && !JsonRead.TryParse(request.Body, out body, out var reason))
        {
            return words.Malformed(reason);
        }

        if (key is null)
        {
            return await work(body, Amid);
        }

        var scope = new IdempotencyKey(identity, $"{request.Method} {request.Path}", key);
        return store.Begin(scope, body, out var replay) switch
        {
            IdempotencyVerdict.Fresh => await WorkAsync(scope, body, fault, work, Amid),
            IdempotencyVerdict.Replay => replay!.With(ReplayHeader, "true"),
            IdempotencyVerdict.Conflict => words.Conflict(),
            IdempotencyVerdict.InFlight => words.InFlight().With("Retry-After", "1"),
            _ => words.Full().With("Retry-After", "3600"),
        };

        Task Amid() => FaultyExchange.AmidAsync(fault, time, stopping);
    }

    private async Task<Answer> WorkAsync(IdempotencyKey scope, JsonElement body, FaultTicket? fault, Work work, Func<Task> amid)
    {
        var isKept = false;
        try
        {
            var answer = await work(body, amid);
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
}
