using System.CommandLine;
using System.Numerics.Tensors;
using System.Text.Json;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;

namespace EcuAgent.Bench.Qwen;

/// <summary>"tokens": greedy continuations of prompts given as token ids, one JSON object a line in and out, for comparing with others.</summary>
internal static class TokensCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model package", Required = true };
        var threads = new Option<int>("--threads") { Description = "Threads", DefaultValueFactory = static _ => 1 };
        var chunk = new Option<int>("--chunk") { Description = "Prompt tokens of one run", DefaultValueFactory = static _ => 256 };
        var command = new Command("tokens", """Reads lines {"prompt":[ids],"generate":64,"peer":[ids]} and prints {"tokens":[ids],...}; with "peer", also where and by how much ours would choose otherwise along that continuation.""") { model, threads, chunk };
        command.SetAction(parsed =>
        {
            var package = PackageReader.Open(parsed.GetValue(model)!, graphFile: null, verifyHashes: true);
            using var decoder = new QwenDecoder(package, package.Manifest.MaxContext, parsed.GetValue(threads), parsed.GetValue(chunk));
            while (Console.ReadLine() is { } line)
            {
                if (line.Length > 0)
                {
                    using var request = JsonDocument.Parse(line);
                    Console.WriteLine(JsonSerializer.Serialize(Answer(decoder, request.RootElement)));
                }
            }

            return 0;
        });
        return command;
    }

    private static object Answer(QwenDecoder decoder, JsonElement request)
    {
        var prompt = Ids(request.GetProperty("prompt"));
        var count = request.TryGetProperty("generate", out var asked) ? asked.GetInt32() : 64;
        var tokens = new List<int>();
        Feed(decoder, prompt);
        while (true)
        {
            var next = TensorPrimitives.IndexOfMax(decoder.Logits);
            tokens.Add(next);
            if (tokens.Count == count)
            {
                break;
            }

            decoder.Append([next]);
        }

        return request.TryGetProperty("peer", out var peer) ? new { tokens, along = Along(decoder, prompt, Ids(peer)) } : new { tokens };
    }

    // Each step of the peer's continuation in which ours prefers another token: by how much, against the spread of the logits.
    private static List<object> Along(QwenDecoder decoder, int[] prompt, int[] peer)
    {
        var different = new List<object>();
        Feed(decoder, prompt);
        for (var step = 0; step < peer.Length; step++)
        {
            var logits = decoder.Logits;
            var best = TensorPrimitives.IndexOfMax(logits);
            if (best != peer[step])
            {
                different.Add(new { step, ours = best, theirs = peer[step], gap = logits[best] - logits[peer[step]], spread = Deviation(logits) });
            }

            decoder.Append([peer[step]]);
        }

        return different;
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        var mean = TensorPrimitives.Sum(values) / values.Length;
        return Math.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares(values) / values.Length) - (mean * mean)));
    }

    private static void Feed(QwenDecoder decoder, int[] prompt)
    {
        decoder.Clear();
        for (var fed = 0; fed < prompt.Length; fed += decoder.PrefillChunk)
        {
            decoder.Append(prompt.AsSpan(fed, Math.Min(decoder.PrefillChunk, prompt.Length - fed)));
        }
    }

    private static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(static id => id.GetInt32())];
}
