using System.Text.Encodings.Web;
using System.Text.Json;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>The last line: one JSON object.</summary>
internal static class Summary
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Stage stage, TimeSpan elapsed)
    {
        var broken = stage.Promises.Broken;
        var latencies = stage.Bus.Read(o => o.Exchanges.Where(IsAtOnce).Select(e => e.FirstCommandAfter).OfType<TimeSpan>().Select(t => t.TotalMilliseconds).Order().ToArray());
        return stage.Bus.Read(o => JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["ok"] = broken.Count == 0,
                ["utterances"] = stage.Speaker.Said,
                ["commands"] = o.Commands,
                ["completed"] = o.Completed,
                ["deferred"] = o.Deferred,
                ["questions"] = o.Questions,
                ["states"] = o.States.GroupBy(s => s.State).ToDictionary(g => g.Key.ToString(), g => g.Count()),
                ["p50_ms"] = Percentile(latencies, 0.5),
                ["p95_ms"] = Percentile(latencies, 0.95),
                ["max_ms"] = Percentile(latencies, 1),
                ["drives"] = stage.Drives,
                ["model"] = stage.ModelName,
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 1),
                ["promises"] = stage.Promises.Count,
                ["broken_promises"] = broken,
            },
            Options));
    }

    // A request that waited for the car to be parked has its command when that happened.
    private static bool IsAtOnce(Exchange exchange) => !exchange.Decisions.Exists(d => d.Kind == V1.DecisionKind.Defer);

    /// <summary>Nearest rank, in ms with one decimal; null without values.</summary>
    internal static double? Percentile(double[] ordered, double part) =>
        ordered.Length == 0 ? null : Math.Round(ordered[Math.Clamp((int)Math.Ceiling(part * ordered.Length) - 1, 0, ordered.Length - 1)], 1);
}
