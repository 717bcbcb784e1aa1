using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EcuAgent.Bench.Qwen;
using EcuAgent.Qwen;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;
using Microsoft.Extensions.AI;

// Measured between the call of GetResponseAsync and its completion, in this process, models loaded and warm. The ways of running
// take turns utterance by utterance, so that other load on the machine meets all of them alike.
var root = RepositoryRoot();
var model = new Option<string>("--model") { Description = "Model package", DefaultValueFactory = _ => Path.Combine(root, "adapters/Qwen/model") };
var catalogue = new Option<string>("--catalogue") { Description = "Tool catalogue", DefaultValueFactory = _ => Path.Combine(root, "ecu-service/EcuAgent.Core/Catalogue/catalogue.json") };
var seconds = new Option<int>("--seconds") { Description = "Time for the measurement", DefaultValueFactory = static _ => 15 };
var show = new Option<bool>("--show") { Description = "Print each call once" };
var command = new RootCommand("Utterance to finished call with a local model; the last line is JSON.") { model, catalogue, seconds, show };
command.SetAction(async parsed =>
{
    try
    {
        return await Bench(parsed.GetValue(model)!, parsed.GetValue(catalogue)!, parsed.GetValue(seconds), parsed.GetValue(show));
    }
    catch (Exception e) when (e is QwenModelException or QwenRequestException or IOException)
    {
        Console.Error.WriteLine($"error: {e.Message}");
        return 2;
    }
});
return await command.Parse(args).InvokeAsync();

static async Task<int> Bench(string model, string catalogue, int seconds, bool show)
{
    var options = new ChatOptions { Tools = CatalogueTools.Load(catalogue) };
    var settings = new QwenOptions { ModelDirectory = model };
    var started = Stopwatch.GetTimestamp();
    using var skipping = new QwenChatClient(settings);
    var loadMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    await skipping.WarmUpAsync(options);
    var readyMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    var residentMb = PeakResidentMegabytes();
    using var plain = new QwenChatClient(settings with { AppendForcedTokens = false });
    using var twoThreads = new QwenChatClient(settings with { ThreadCount = 2 });
    (string Name, QwenChatClient Client, Measurement Result)[] ways =
    [
        ("forced_skipped", skipping, new Measurement()),
        ("forced_sampled", plain, new Measurement()),
        ("two_threads", twoThreads, new Measurement()),
    ];

    // Two rounds to warm up all states of the grammar, then until the time is over.
    var differing = 0;
    for (var round = -2; round < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; round++)
    {
        foreach (var utterance in Utterances.All)
        {
            string? first = null;
            for (var turn = 0; turn < ways.Length; turn++)
            {
                // Whoever comes first finds the processor's caches cold, so the order rotates; the round that compares keeps it.
                var (name, client, result) = ways[round < 0 ? turn : (turn + round) % ways.Length];
                var allocated = GC.GetTotalAllocatedBytes(precise: false);
                var begin = Stopwatch.GetTimestamp();
                var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, $"[car: parked; speaker: driver]\n{utterance}")], options);
                var elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                if (round >= 0)
                {
                    var usage = response.Usage!;
                    result.Add(elapsed, usage.OutputTokenCount!.Value, usage.AdditionalCounts!["forced_tokens"], usage.AdditionalCounts["model_runs"], GC.GetTotalAllocatedBytes(precise: false) - allocated);
                }
                else if (round == -1)
                {
                    var calls = string.Join(" ", response.Messages[0].Contents.OfType<FunctionCallContent>().Select(static c => $"{c.Name}({JsonSerializer.Serialize(c.Arguments)})"));
                    first ??= calls;
                    differing += name == "forced_sampled" && calls != first ? 1 : 0;
                    if (show && name != "two_threads")
                    {
                        Console.WriteLine($"{name}: {utterance} -> {calls} [{response.FinishReason}] {response.Usage!.InputTokenCount}+{response.Usage.OutputTokenCount} tokens, {response.Usage.AdditionalCounts!["model_runs"]} runs");
                    }
                }
            }
        }
    }

    Console.WriteLine(JsonSerializer.Serialize(new
    {
        bench = "qwen",
        model = skipping.ModelName,
        load_ms = Math.Round(loadMs, 1),
        ready_ms = Math.Round(readyMs, 1),
        peak_rss_mb_one_client = residentMb,
        decoder_managed_bytes_per_token = DecoderBytesPerToken(model),
        forced_ratio_p50 = Math.Round(ways[0].Result.Percentile(0.5) / ways[1].Result.Percentile(0.5), 3),
        two_threads_ratio_p50 = Math.Round(ways[2].Result.Percentile(0.5) / ways[0].Result.Percentile(0.5), 3),
        answers_differing_without_skipping = differing,
        utterances = Utterances.All.Length,
        ways = ways.ToDictionary(static w => w.Name, static w => new
        {
            answers = w.Result.Count,
            p50_ms = w.Result.Percentile(0.5),
            p95_ms = w.Result.Percentile(0.95),
            tokens_per_answer = w.Result.PerAnswer(w.Result.OutputTokens),
            forced_per_answer = w.Result.PerAnswer(w.Result.ForcedTokens),
            model_runs_per_answer = w.Result.PerAnswer(w.Result.ModelRuns),
            managed_bytes_per_answer = w.Result.PerAnswer(w.Result.AllocatedBytes),
        }),
    }));
    return 0;
}

static double DecoderBytesPerToken(string model)
{
    const int Tokens = 100;
    var package = ModelPackage.Open(model);
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

static double PeakResidentMegabytes()
{
    using var process = Process.GetCurrentProcess();
    return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
}

static string RepositoryRoot()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (Directory.Exists(Path.Combine(folder.FullName, "adapters", "Qwen")))
        {
            return folder.FullName;
        }
    }

    return Directory.GetCurrentDirectory();
}
