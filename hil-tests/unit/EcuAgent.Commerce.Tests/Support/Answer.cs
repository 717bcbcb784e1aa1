using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A whole and well-formed HTTP answer.</summary>
internal sealed record Answer(int Status, string Body, string? ContentType = "application/json")
{
    internal Dictionary<string, string> Headers { get; init; } = [];

    internal static Answer Json(string body, int status = 200) => new(status, body);

    internal static Answer Error(int status, string code, string type = "invalid_request") =>
        new(status, new JsonObject { ["type"] = type, ["code"] = code, ["message"] = "the-message-of-the-error" }.ToJsonString());

    internal Answer With(string header, string value) => this with { Headers = new(Headers) { [header] = value } };

    internal async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (Status is 204 or 304)
        {
            return;
        }

        context.Response.ContentType = ContentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body));
    }
}
