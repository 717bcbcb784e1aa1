using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcuAgent.MerchantSim.Http;

/// <summary>An HTTP answer as a value: it can be kept for a replay and spoilt by a fault before it is written.</summary>
internal sealed record Answer(int Status, string ContentType, byte[] Body)
{
    public const string JsonType = "application/json";

    // Names are Chinese as well; an escaped text is as right but cannot be read by a person.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Besides Content-Type and Content-Length.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public bool IsServerError => Status >= 500;

    public static Answer Json(int status, JsonNode body) => new(status, JsonType, Utf8(body));

    public static Answer Text(int status, string text, string contentType = "text/plain; charset=utf-8") =>
        new(status, contentType, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Flat error object, the same in checkout and feed.</summary>
    public static Answer Error(int status, string type, string code, string message, string? param = null)
    {
        var body = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message };
        if (param is not null)
        {
            body["param"] = param;
        }

        return Json(status, body);
    }

    public static byte[] Utf8(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, Readable);

    public Answer With(string header, string value) => this with { Headers = [.. Headers, (header, value)] };
}
