using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EcuAgent.Qwen;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;
using Microsoft.Extensions.AI;

namespace EcuAgent.Bench.Qwen;

/// <summary>The program without a command's name: utterance to finished call of a trained model through the chat client, in several ways.</summary>
internal static class CallCommand
{
    private static readonly (string Name, Func<QwenOptions, QwenOptions> Set)[] Ways =
    [
        ("plain", Plain),
        ("prefix", static o => Plain(o) with { ReusePrefixes = true }),
        ("skip", static o => Plain(o) with { AppendForcedTokens = true }),
        ("reduced", static o => Plain(o) with { ReduceHead = true }),
        ("guess", static o => Plain(o) with { DraftCopies = true }),
        ("all", static o => o),
        ("all_two_threads", static o => o with { ThreadCount = 2 }),
    ];

    public static RootCommand Create()
    {
        var model = new Option<string>("--model") { Description = "Model package", DefaultValueFactory = static _ => Repository.BundledModel };
        var catalogue = new Option<string>("--catalogue") { Description = "Tool catalogue", DefaultValueFactory = static _ => Repository.Catalogue };
        var seconds = new Option<int>("--seconds") { Description = "Time for the measurement", DefaultValueFactory = static _ => 20 };
        var show = new Option<bool>("--show") { Description = "Print each call once" };
        var root = new RootCommand("Utterance to finished call with a local model; the last line is JSON.") { model, catalogue, seconds, show };
        root.SetAction((parsed, _) => Bench(parsed.GetValue(model)!, parsed.GetValue(catalogue)!, parsed.GetValue(seconds), parsed.GetValue(show)));
        return root;
    }

    private static QwenOptions Plain(QwenOptions options) => options with { ReusePrefixes = false, AppendForcedTokens = false, ReduceHead = false, DraftCopies = false };

    private static async Task<int> Bench(string model, string catalogue, int seconds, bool show)
    {
        var options = new ChatOptions { Tools = CatalogueTools.Load(catalogue) };
        var settings = new QwenOptions { ModelDirectory = model };
        var (readLoad, started) = (Machine.LoadAverage(), Stopwatch.GetTimestamp());
        using var all = new QwenChatClient(settings);
        var loadMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await all.WarmUpAsync(options);
        var readyMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var peakMb = Machine.PeakMegabytes();
        var ways = Ways.Select(way => (way.Name, Client: way.Name == "all" ? all : new QwenChatClient(way.Set(settings)), Result: new Measurement())).ToList();
        try
        {
            var differing = 0;

            // Two rounds to warm up all states of the grammar, then until the time is over.
            for (var round = -2; round < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; round++)
            {
                foreach (var utterance in Utterances.All)
                {
                    string? first = null;
                    for (var turn = 0; turn < ways.Count; turn++)
                    {
                        // Whoever comes first finds the processor's caches cold, so the order rotates; the round that compares keeps it.
                        var (name, client, result) = ways[round < 0 ? turn : (turn + round) % ways.Count];
                        var (response, elapsed, allocated) = await Ask(client, utterance, options);
                        if (round >= 0)
                        {
                            result.Add(elapsed, response.Usage!, allocated);
                        }
                        else if (round == -1)
                        {
                            var calls = string.Join(" ", response.Messages[0].Contents.OfType<FunctionCallContent>().Select(static c => $"{c.Name}({JsonSerializer.Serialize(c.Arguments)})"));
                            first ??= calls;
                            differing += calls != first ? 1 : 0;
                            if (show)
                            {
                                Console.WriteLine($"{name}: {utterance} -> {calls} [{response.FinishReason}] {response.Usage!.InputTokenCount}+{response.Usage.OutputTokenCount} tokens, {response.Usage.AdditionalCounts!["model_runs"]} runs");
                            }
                        }
                    }
                }
            }

            foreach (var (name, _, result) in ways)
            {
                Console.Error.WriteLine($"{name}: {result.Milliseconds} ms, ratio to plain {Measurement.Ratio(result, ways[0].Result)}");
            }

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "qwen",
                model = all.ModelName,
                processor = Machine.Processor(),
                load_average = readLoad,
                load_ms = Math.Round(loadMs, 1),
                ready_ms = Math.Round(readyMs, 1),
                peak_mb_one_client = peakMb,
                decoder_managed_bytes_per_token = DecoderBytesPerToken(model),
                answers_differing_from_plain = differing,
                utterances = Utterances.All.Length,
                ways = ways.ToDictionary(static w => w.Name, w => w.Result.Json(ways[0].Result)),
            }));
            return 0;
        }
        finally
        {
            ways.ForEach(static w => w.Client.Dispose());
        }
    }

    private static async Task<(ChatResponse Response, double Milliseconds, long AllocatedBytes)> Ask(QwenChatClient client, string utterance, ChatOptions options)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: false);
        var begin = Stopwatch.GetTimestamp();
        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, $"[car: parked; speaker: driver]\n{utterance}")], options);
        return (response, Stopwatch.GetElapsedTime(begin).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: false) - allocated);
    }

    private static double DecoderBytesPerToken(string model)
    {
        const int Tokens = 100;
        var package = PackageReader.Open(model, graphFile: null, verifyHashes: false);
        using var decoder = new QwenDecoder(package, package.Manifest.MaxContext, threadCount: 1, prefillChunk: 16);
        Span<int> token = [1];
        decoder.Append(token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Tokens; i++)
        {
            decoder.Append(token);
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Tokens;
    }
}
