using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Faults;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Writes answers, rightly or as a fault wants it.</summary>
internal static class FaultyExchange
{
    private const int DefaultCutBytes = 20;
    private const long DefaultHugeBytes = 32L * 1024 * 1024;
    private const int ChunkBytes = 64 * 1024;
    private const int GarbageBytes = 256;
    private const int UnavailableStatus = 503;
    private const int RedirectStatus = 307;

    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(1);
    private static readonly byte[] Blank = [.. Enumerable.Repeat((byte)' ', ChunkBytes)];

    /// <summary>Faults that come before the work.</summary>
    /// <returns>The answer that stands for the work; null when the work is to be done.</returns>
    /// <exception cref="ResetException">The connection is to be reset.</exception>
    public static async Task<Answer?> BeforeAsync(FaultTicket? fault, TimeProvider time, CancellationToken stopping)
    {
        switch (fault?.Request.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Request.Wait ?? DefaultDelay, time, stopping);
                return null;
            case FaultKind.Stall:
                await fault.Released.WaitAsync(stopping);
                return null;
            case FaultKind.ResetBefore:
                throw new ResetException();
            case FaultKind.ErrorBefore:
                return Error(fault.Request);
            case FaultKind.Redirect:
                return Answer.Text(RedirectStatus, "").With("Location", fault.Request.Location ?? "/elsewhere");
            default:
                return null;
        }
    }

    /// <summary>The wait of <see cref="FaultKind.Slow"/>, amid the work.</summary>
    public static async Task AmidAsync(FaultTicket? fault, TimeProvider time, CancellationToken stopping)
    {
        if (fault?.Request is not { Kind: FaultKind.Slow } request)
        {
            return;
        }

        fault.Announce();
        if (request.Wait is { } wait)
        {
            await Task.Delay(wait, time, stopping);
        }
        else
        {
            await fault.Released.WaitAsync(stopping);
        }
    }

    /// <summary>Faults of the answer's content.</summary>
    public static Answer Spoil(FaultTicket? fault, Answer answer) => fault?.Request.Kind switch
    {
        FaultKind.ErrorAfter => Error(fault.Request),
        FaultKind.GarbageBody => answer with { Body = Garbage() },
        FaultKind.TruncatedJson => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
        FaultKind.WrongContentType => answer with { ContentType = "text/html; charset=utf-8" },
        FaultKind.UnknownFields => Rewritten(answer, Decorate),
        FaultKind.UnknownStatus => Rewritten(answer, body =>
        {
            if (body.ContainsKey("status"))
            {
                body["status"] = "awaiting_moonrise";
            }
        }),
        _ => answer,
    };

    /// <summary>Writes the answer, with the faults of its transport.</summary>
    /// <exception cref="ResetException">The connection is to be reset.</exception>
    public static async Task WriteAsync(HttpContext context, Answer answer, FaultTicket? fault, CancellationToken stopping)
    {
        switch (fault?.Request.Kind)
        {
            case FaultKind.ResetAfter:
                throw new ResetException();
            case FaultKind.StallAnswer:
                await fault.Released.WaitAsync(stopping);
                break;
            default:
                break;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentType = answer.ContentType;

        switch (fault?.Request.Kind)
        {
            case FaultKind.CutAnswer:
                response.ContentLength = answer.Body.Length;
                var bytes = (int)Math.Min(fault.Request.Bytes ?? DefaultCutBytes, answer.Body.Length - 1);
                await response.Body.WriteAsync(answer.Body.AsMemory(0, Math.Max(0, bytes)), stopping);
                await response.Body.FlushAsync(stopping);

                // The server closes a connection whose answer is too short; a reset could take away bytes that were sent.
                return;
            case FaultKind.HugeBody:
                await WriteBlanksAsync(context, fault.Request.Bytes ?? DefaultHugeBytes);
                break;
            default:
                response.ContentLength = answer.Body.Length;
                break;
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>Ends the connection with a reset, so that the client cannot take it for an answer.</summary>
    public static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
        {
            connection.Socket.LingerState = new LingerOption(true, 0);
        }

        context.Abort();
    }

    private static Answer Error(FaultRequest request)
    {
        var status = request.Status ?? 500;
        return status == UnavailableStatus
            ? Answer.Error(status, "service_unavailable", "service_unavailable", "The service is not available.").With("Retry-After", "1")
            : Answer.Error(status, "processing_error", "internal_error", "Something went wrong.");
    }

    private static async Task WriteBlanksAsync(HttpContext context, long bytes)
    {
        while (bytes > 0)
        {
            var now = (int)Math.Min(bytes, ChunkBytes);
            await context.Response.Body.WriteAsync(Blank.AsMemory(0, now), context.RequestAborted);
            bytes -= now;
        }
    }

    private static byte[] Garbage()
    {
        var bytes = new byte[GarbageBytes];
        new Random(GarbageBytes).NextBytes(bytes);
        bytes[0] = 0xFE;
        return bytes;
    }

    private static Answer Rewritten(Answer answer, Action<JsonObject> change)
    {
        if (answer.ContentType != Answer.JsonType || JsonNode.Parse(Encoding.UTF8.GetString(answer.Body)) is not JsonObject body)
        {
            return answer;
        }

        change(body);
        return answer with { Body = Answer.Utf8(body) };
    }

    private static void Decorate(JsonObject body)
    {
        body["x_tomorrow"] = new JsonObject { ["depth"] = new JsonArray(1, null, new JsonObject()) };
        (body["messages"] as JsonArray)?.Add(new JsonObject { ["type"] = "rumour", ["content_type"] = "song", ["content"] = "Nobody knows this message yet." });
        (body["totals"] as JsonArray)?.Add(new JsonObject { ["type"] = "carbon_footprint", ["display_text"] = "Carbon", ["amount"] = 0, ["x_unit"] = "g" });
        if (body["order"] is JsonObject order)
        {
            order["x_loyalty_stars"] = 5;
            if (order["fulfillments"] is JsonArray { Count: > 0 } fulfillments && fulfillments[0] is JsonObject first)
            {
                first["status"] = "beamed_up";
            }
        }
    }
}

/// <summary>The connection is to be reset.</summary>
internal sealed class ResetException : Exception;
