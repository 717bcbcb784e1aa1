using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Ucp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Reads a request to its end, lets a fault happen, has it answered, and writes the answer.</summary>
internal sealed class SimPipeline(SimRouter router, SimServices services, FaultDesk faults, ILogger logger, CancellationToken stopping)
{
    /// <summary>Most bytes of a request body.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        FaultTicket? fault = null;
        try
        {
            if (await ReadAsync(context) is not { } request)
            {
                await WriteAsync(context, AcpProtocol.Invalid(413, "body_too_large", $"A body has at most {MaxBodyBytes} bytes"), null);
                return;
            }

            var what = SimRouter.OperationOf(request, services.Desks);
            fault = what is { } asked ? faults.Take(asked.Merchant, asked.Operation) : null;
            await ExchangeAsync(context, request, what, fault);
        }
        catch (ResetException)
        {
            FaultyExchange.Reset(context);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || context.RequestAborted.IsCancellationRequested)
        {
            // The world ends, or the client has gone while it was being written to.
            context.Abort();
        }
        catch (IOException)
        {
            context.Abort();
        }
        finally
        {
            fault?.Announce();
        }
    }

    private async Task ExchangeAsync(HttpContext context, SimRequest request, (string Merchant, SimOperation Operation)? what, FaultTicket? fault)
    {
        Announce(fault, isBefore: true);
        var answer = await FaultyExchange.BeforeAsync(fault, services.Time, stopping) ?? FaultyExchange.Spoil(fault, await WorkAsync(request, fault));
        if (what is { } asked)
        {
            Log.Answered(logger, asked.Merchant, SimNames.Of(asked.Operation), answer.Status, fault is null ? "no fault" : SimNames.Of(fault.Request.Kind));
        }

        // After the faults of content: what they spoil is the merchant's own word.
        if (what is { } signer && request.Header(UcpProtocol.AgentHeader) is not null)
        {
            answer = services.Signing.Sign(signer.Merchant, answer);
        }

        await WriteAsync(context, Echoing(answer, request, what), fault);
    }

    private async Task<Answer> WorkAsync(SimRequest request, FaultTicket? fault)
    {
        try
        {
            return await router.AnswerAsync(request, fault, stopping);
        }
        catch (Exception error) when (error is not (OperationCanceledException or ResetException))
        {
            Log.Surprised(logger, error, request.Method, request.Path);
            return Answer.Error(500, "processing_error", "internal_error", "Something went wrong.");
        }
    }

    private async Task WriteAsync(HttpContext context, Answer answer, FaultTicket? fault)
    {
        Announce(fault, isBefore: false);
        await FaultyExchange.WriteAsync(context, answer, fault, stopping);
    }

    // Those who wait for a fault are told when the request has come to where it waits.
    private static void Announce(FaultTicket? fault, bool isBefore)
    {
        if (fault is not null && isBefore == fault.Request.Kind is FaultKind.Delay or FaultKind.Stall)
        {
            fault.Announce();
        }
    }

    private static Answer Echoing(Answer answer, SimRequest request, (string, SimOperation)? what)
    {
        if (what is null)
        {
            return answer;
        }

        foreach (var name in new[] { IdempotentRunner.KeyHeader, AcpProtocol.RequestIdHeader })
        {
            if (request.Header(name) is { } value && value.All(c => c is >= ' ' and <= '~'))
            {
                answer = answer.With(name, value);
            }
        }

        return answer;
    }

    /// <returns>Null when the body is too large.</returns>
    private async Task<SimRequest?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, stopping)) > 0)
        {
            if (body.Length + read > MaxBodyBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        var path = context.Request.Path.Value ?? "/";
        var headers = new HeaderDictionary();
        foreach (var (name, values) in context.Request.Headers)
        {
            headers[name] = values;
        }

        return new SimRequest
        {
            Method = context.Request.Method,
            Path = path,
            RawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries),
            Headers = headers,
            Body = body.ToArray(),
        };
    }
}
