using System.Text;
using Microsoft.AspNetCore.Http;

namespace EcuAgent.Commerce.Receiver;

/// <summary>The answers, each a constant: nothing of a request comes back. Bodies are those of ACP's webhook description.</summary>
internal sealed class FixedAnswer
{
    private static readonly Dictionary<int, FixedAnswer> ByStatus = new[]
    {
        new FixedAnswer(StatusCodes.Status200OK, """{"received":true}"""),
        Refusal(StatusCodes.Status400BadRequest, "invalid_request", "invalid_event", "The body is not an order event."),
        Refusal(StatusCodes.Status401Unauthorized, "invalid_request", "invalid_signature", "The signature is missing, wrong or out of time."),
        Refusal(StatusCodes.Status404NotFound, "invalid_request", "not_found", "There is no such receiver."),
        Refusal(StatusCodes.Status405MethodNotAllowed, "invalid_request", "method_not_allowed", "Only POST is taken."),
        Refusal(StatusCodes.Status408RequestTimeout, "invalid_request", "request_timeout", "The request took too long."),
        Refusal(StatusCodes.Status413PayloadTooLarge, "invalid_request", "body_too_large", "The body is too large."),
        Refusal(StatusCodes.Status415UnsupportedMediaType, "invalid_request", "unsupported_media_type", "Only application/json is taken, not compressed."),
        Refusal(StatusCodes.Status500InternalServerError, "processing_error", "processing_error", "The event could not be handled."),
        Refusal(StatusCodes.Status503ServiceUnavailable, "service_unavailable", "too_many_waiting", "Too much is waiting; send it again."),
    }.ToDictionary(answer => answer.Status);

    private readonly byte[] _body;

    private FixedAnswer(int status, string body)
    {
        Status = status;
        _body = Encoding.ASCII.GetBytes(body);
    }

    private int Status { get; }

    /// <summary>Answers. A connection whose request was not read to its end is closed.</summary>
    internal static async Task SendAsync(HttpContext context, int status, bool isRead)
    {
        var answer = ByStatus[status];
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = answer._body.Length;
        if (!isRead)
        {
            response.Headers.Connection = "close";
        }

        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.Post;
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }

        await response.Body.WriteAsync(answer._body, context.RequestAborted).ConfigureAwait(false);
    }

    private static FixedAnswer Refusal(int status, string type, string code, string message) =>
        new(status, $$"""{"type":"{{type}}","code":"{{code}}","message":"{{message}}"}""");
}
