using System.CommandLine;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;

namespace EcuAgent.Bench.Qwen;

/// <summary>"speed": prefill and decode in tokens a second at fixed contexts, load time and memory, beside llama.cpp where one is given.</summary>
internal static class SpeedCommand
{
    private const int FirstToken = 256;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model package; random weights will do", Required = true };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads", DefaultValueFactory = static _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var contexts = new Option<int[]>("--contexts") { Description = "Tokens in the cache when decoding starts", DefaultValueFactory = static _ => [256, 512], AllowMultipleArgumentsPerToken = true };
        var pairs = new Option<int>("--pairs") { Description = "Measurements of each side, in turns", DefaultValueFactory = static _ => 5 };
        var tokens = new Option<int>("--tokens") { Description = "Tokens decoded in each", DefaultValueFactory = static _ => 32 };
        var chunk = new Option<int>("--chunk") { Description = "Prompt tokens of one run", DefaultValueFactory = static _ => 256 };
        var command = new Command("speed", "Prefill and decode speed, load time, memory and the share of the memory-bandwidth limit; the last line is JSON.") { model, threads, contexts, pairs, tokens, chunk };
        var peer = new PeerOptions();
        peer.AddTo(command);
        command.SetAction(parsed =>
        {
            var results = new List<object>();
            var counts = parsed.GetValue(contexts)!.Order().ToArray();
            foreach (var count in parsed.GetValue(threads)!)
            {
                var load = Machine.LoadAverage();
                var (triad, read) = MemoryTriad.GigabytesPerSecond(count);
                using var llama = peer.Start(parsed, count, counts[^1] + parsed.GetValue(tokens) + 64);
                results.Add(Measure(parsed.GetValue(model)!, count, counts, parsed.GetValue(pairs), parsed.GetValue(tokens), parsed.GetValue(chunk), triad, read, load, llama));
            }

            Console.WriteLine(JsonSerializer.Serialize(new { bench = "qwen speed", model = parsed.GetValue(model), processor = Machine.Processor(), cores = Environment.ProcessorCount, results }));
            return 0;
        });
        return command;
    }

    private static object Measure(string model, int threads, int[] contexts, int pairs, int tokens, int chunk, double triad, double read, double load, LlamaPeer? llama)
    {
        var package = PackageReader.Open(model, graphFile: null, verifyHashes: false);
        var weightBytes = package.Manifest.Files.Keys.Where(static f => f.StartsWith("model", StringComparison.Ordinal)).Sum(f => new FileInfo(Path.Combine(model, f)).Length);
        Machine.ForgetPeak();
        var started = Stopwatch.GetTimestamp();
        using var decoder = new QwenDecoder(package, contexts[^1] + tokens + 64, threads, chunk);
        var loadMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var loadPeak = Machine.PeakMegabytes();
        var random = new Random(1);
        var prompt = Enumerable.Range(0, contexts[^1]).Select(_ => random.Next(FirstToken, Math.Min(package.Manifest.Config.VocabularySize, 150_000))).ToArray();
        long allocated = 0;
        var rows = new List<object>();
        foreach (var context in contexts)
        {
            var (ours, theirs) = (new Side(), new Side());
            for (var pair = -1; pair < pairs; pair++)
            {
                // Who goes first changes; the first pair warms up and does not count.
                for (var turn = 0; turn < 2; turn++)
                {
                    if (((turn + pair) & 1) == 0)
                    {
                        var (prefillMs, decodeMs, bytes) = Ours(decoder, prompt.AsSpan(0, context), tokens);
                        ours.Add(pair, (context - 1) * 1e3 / prefillMs, tokens * 1e3 / decodeMs);
                        allocated = pair < 0 ? allocated : allocated + bytes;
                    }
                    else if (llama?.Ask(new { prompt = prompt[..context], generate = tokens }) is { } answer)
                    {
                        // A random model may say its end token; a token takes as long as another.
                        theirs.Add(pair, (context - 1) * 1e3 / answer.GetProperty("prefill_ms").GetDouble(), answer.GetProperty("tokens").GetArrayLength() * 1e3 / answer.GetProperty("decode_ms").GetDouble());
                    }
                }
            }

            var (decodeRatio, prefillRatio) = (Ratio(ours.Decode, theirs.Decode), Ratio(ours.Prefill, theirs.Prefill));
            var limit = triad * 1e9 / weightBytes;
            Console.Error.WriteLine($"{threads} threads, context {context}: decode {ours.DecodeSpread}, prefill {ours.PrefillSpread} tokens/s; llama.cpp {theirs.DecodeSpread}, {theirs.PrefillSpread}; ratio {decodeRatio}, {prefillRatio}");
            rows.Add(new
            {
                context,
                decode_tokens_per_s = ours.DecodeSpread.Json(),
                prefill_tokens_per_s = ours.PrefillSpread.Json(),
                share_of_weights_limit = Math.Round(ours.DecodeSpread.Median / limit, 3),
                llama_decode_tokens_per_s = theirs.DecodeSpread.Json(),
                llama_prefill_tokens_per_s = theirs.PrefillSpread.Json(),
                decode_ratio_ours_to_llama = decodeRatio.Json(),
                prefill_ratio_ours_to_llama = prefillRatio.Json(),
            });
        }

        return new
        {
            threads,
            load_average = load,
            triad_gb_per_s = triad,
            read_gb_per_s = read,
            weight_bytes = weightBytes,
            weights_limit_tokens_per_s = Math.Round(triad * 1e9 / weightBytes, 1),
            load_ms = Math.Round(loadMs),
            load_peak_mb = loadPeak,
            peak_mb = Machine.PeakMegabytes(),
            managed_bytes_per_token = (double)allocated / (pairs * tokens * contexts.Length),
            llama_load_ms = llama is null ? (double?)null : Math.Round(llama.Ready.GetProperty("load_ms").GetDouble()),
            llama_peak_mb = llama is null ? (double?)null : Machine.PeakMegabytes(llama.ProcessId),
            rows,
        };
    }

    private static (double PrefillMs, double DecodeMs, long Bytes) Ours(QwenDecoder decoder, ReadOnlySpan<int> prompt, int tokens)
    {
        decoder.Clear();
        var start = Stopwatch.GetTimestamp();
        var last = prompt.Length - 1;
        for (var fed = 0; fed < last; fed += decoder.PrefillChunk)
        {
            // Logits of a prompt are not wanted; where the graph can, one token's are computed.
            decoder.Append(prompt.Slice(fed, Math.Min(decoder.PrefillChunk, last - fed)), decoder.HasReducedHead ? prompt[..1] : default);
        }

        var prefilled = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Span<int> next = [prompt[last]];
        for (var i = 0; i < tokens; i++)
        {
            decoder.Append(next);
            next[0] = TensorPrimitives.IndexOfMax(decoder.Logits);
        }

        return (Stopwatch.GetElapsedTime(start, prefilled).TotalMilliseconds, Stopwatch.GetElapsedTime(prefilled).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static Spread Ratio(List<double> ours, List<double> theirs)
    {
        var ratio = new Spread();
        foreach (var (a, b) in ours.Zip(theirs))
        {
            ratio.Add(a / b);
        }

        return ratio;
    }

    private sealed class Side
    {
        public List<double> Prefill { get; } = [];

        public List<double> Decode { get; } = [];

        public Spread PrefillSpread { get; } = new();

        public Spread DecodeSpread { get; } = new();

        public void Add(int pair, double prefill, double decode)
        {
            if (pair >= 0)
            {
                Prefill.Add(prefill);
                PrefillSpread.Add(prefill);
                Decode.Add(decode);
                DecodeSpread.Add(decode);
            }
        }
    }
}
