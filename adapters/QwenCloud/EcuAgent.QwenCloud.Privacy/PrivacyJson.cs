using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>How the files are written: camel case, one line, Chinese as Chinese. Reached through <see cref="Readable"/>.</summary>
[JsonSerializable(typeof(StandingConsent))]
[JsonSerializable(typeof(HelperStatus))]
[JsonSerializable(typeof(RecordLine))]
[JsonSerializable(typeof(SentFields))]
internal sealed partial class PrivacyJson : JsonSerializerContext
{
    /// <summary>The texts go to files and into a JSON body, never into HTML.</summary>
    internal static PrivacyJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
