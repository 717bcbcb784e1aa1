using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.EcuCtl.Output;

/// <summary>What <c>ecuctl privacy</c> prints.</summary>
internal static class PrivacyText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Lines(
        string folder, HelperStatus? status, StandingConsent? consent, IReadOnlyList<SentEntry> shown, int recorded, int unreadable)
    {
        if (status is null)
        {
            yield return $"cloud helper: off; no service has said otherwise in {folder}";
        }
        else
        {
            yield return $"cloud helper: {(status.Enabled ? "on" : "off")}, as the service said at {Time(status.Time)}";
            yield return $"endpoint: {status.Endpoint}, model {status.Model}";
            yield return $"key: {status.Key}";
        }

        yield return consent switch
        {
            null => "consent: none",
            { Given: false } => $"consent: withdrawn {Time(consent.Time)}",
            _ => $"consent: given {Time(consent.Time)} for {consent.Endpoint}, fields version {consent.FieldsVersion}",
        };
        if (status is not null)
        {
            yield return $"counts since its start: {(status.Counts.Count == 0 ? "none" : string.Join(", ", status.Counts.Select(c => $"{c.Key} {c.Value}")))}";
            yield return $"circuit: {status.Circuit}";
            yield return status.LastRefusals.Count == 0 ? "last refusals: none" : "last refusals:";
            foreach (var refusal in status.LastRefusals)
            {
                yield return $"  {Time(refusal.Time)} {refusal.Reason}";
            }
        }

        yield return $"record: {recorded} requests in {folder}{(unreadable > 0 ? $", {unreadable} lines unreadable" : "")}";
        foreach (var entry in shown)
        {
            yield return $"  #{entry.Number} {Time(entry.Time)} to {entry.To} because {entry.Why}: {entry.Outcome ?? "outcome not known"}"
                + (entry.ElapsedMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $" after {ms} ms") : "");
            yield return $"     {entry.Sent.ToJson()}";
        }
    }

    public static IEnumerable<string> Json(
        string folder, HelperStatus? status, StandingConsent? consent, IReadOnlyList<SentEntry> shown, int recorded, int unreadable)
    {
        yield return Line(new JsonObject
        {
            ["event"] = "state",
            ["directory"] = folder,
            ["enabled"] = status?.Enabled ?? false,
            ["time"] = status?.Time,
            ["endpoint"] = status?.Endpoint,
            ["model"] = status?.Model,
            ["key"] = status?.Key,
            ["circuit"] = status?.Circuit,
            ["consent_given"] = consent?.Given,
            ["consent_endpoint"] = consent?.Endpoint,
            ["consent_time"] = consent?.Time,
            ["consent_fields_version"] = consent?.FieldsVersion,
            ["counts"] = new JsonObject((status?.Counts ?? new Dictionary<string, long>()).Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
            ["last_refusals"] = new JsonArray([.. (status?.LastRefusals ?? []).Select(r => new JsonObject { ["time"] = r.Time, ["reason"] = r.Reason })]),
            ["recorded"] = recorded,
            ["unreadable_lines"] = unreadable,
        });
        foreach (var entry in shown)
        {
            yield return Line(new JsonObject
            {
                ["event"] = "sent",
                ["number"] = entry.Number,
                ["time"] = entry.Time,
                ["to"] = entry.To,
                ["why"] = entry.Why,
                ["sent"] = JsonNode.Parse(entry.Sent.ToJson()),
                ["outcome"] = entry.Outcome,
                ["elapsed_ms"] = entry.ElapsedMs,
            });
        }
    }

    public static IEnumerable<string> Terms(string origin) =>
    [
        $"to {origin}, only when the local model does not know what a request means:",
        "  utterance  what was said, long numbers, vehicle numbers and mail addresses masked",
        "  language   en or zh",
        "  driving    parked, idling or moving",
        "  area       a cell of 5 km or more, only when the request needs a place",
        "given while the car is moving, it counts from the next standstill",
        "never: position, vehicle number, camera, payment data, names of accounts or devices",
    ];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Line(JsonObject line) => line.ToJsonString(Readable);
}
