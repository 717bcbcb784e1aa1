using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Bench.Qwen;

/// <summary>"scripted": utterance to finished call with any weights, each saving of steps alone and all together, beside llama.cpp where one is given.</summary>
internal static class ScriptedCommand
{
    private const int MaxCalls = 4;
    private const int AnswerRoom = 160;

    // That order may take seconds for a token, so it is measured for a few requests only.
    private const int EarlyGrammarRequests = 2;
    private static readonly (string Name, Saving Saving)[] Ways =
    [
        ("plain", Saving.None),
        ("prefix", Saving.Prefix),
        ("skip", Saving.Forced),
        ("reduced", Saving.Head),
        ("prefix_skip", Saving.Prefix | Saving.Forced),
        ("prefix_reduced", Saving.Prefix | Saving.Head),
        ("prefix_guess", Saving.Prefix | Saving.Guess),
        ("all", Saving.All),
    ];

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model package; random weights will do", Required = true };
        var catalogue = new Option<string>("--catalogue") { Description = "Tool catalogue", DefaultValueFactory = static _ => Repository.Catalogue };
        var threads = new Option<int>("--threads") { Description = "Threads", DefaultValueFactory = static _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Times that each request is made", DefaultValueFactory = static _ => 3 };
        var slow = new Option<int>("--whole-prompts") { Description = "Requests that are also made without prefix reuse, each once: a long prompt takes a minute each time", DefaultValueFactory = static _ => 1 };
        var chunk = new Option<int>("--chunk") { Description = "Prompt tokens of one run", DefaultValueFactory = static _ => 256 };
        var command = new Command("scripted", "Utterance to finished call, the calls written by a script; the last line is JSON.") { model, catalogue, threads, rounds, slow, chunk };
        var peer = new PeerOptions();
        peer.AddTo(command);
        command.SetAction(parsed =>
        {
            Run(parsed.GetValue(model)!, parsed.GetValue(catalogue)!, parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(slow), parsed.GetValue(chunk), context => peer.Start(parsed, parsed.GetValue(threads), context));
            return 0;
        });
        return command;
    }

    private static void Run(string model, string catalogue, int threads, int rounds, int wholePrompts, int chunk, Func<int, LlamaPeer?> startPeer)
    {
        var load = Machine.LoadAverage();
        var package = PackageReader.Open(model, graphFile: null, verifyHashes: false);
        var config = package.Manifest.Config;
        var tokenizer = QwenTokenizer.Load(package.TokenizerPath, config.VocabularySize, package.Manifest.EosTokens, package.MoreEosIds);
        var tools = CatalogueTools.Load(catalogue).Cast<AIFunctionDeclaration>().ToList();
        var set = new ToolSet(tools, new TokenTrie(tokenizer), tokenizer);
        var isCompact = package.Style == PromptStyle.Compact;
        var scripts = Scripts.All(isCompact).ToList();
        var longest = scripts.Max(script => PromptOf(script.Utterance).Ids.Length);
        var context = Math.Min(package.Manifest.MaxContext, longest + AnswerRoom);
        using var graph = QwenGraph.Load(package, new GraphSettings { ThreadCount = threads });
        using var reusing = new QwenDecoder(graph, context, chunk);
        using var clearing = new QwenDecoder(graph, context, chunk);
        using var llama = startPeer(context);
        var grammar = Path.GetTempFileName();
        try
        {
            File.WriteAllText(grammar, GrammarText.Write([.. set.Schemas.Values], MaxCalls));

            // All requests once with everything on: it computes the shared head of the prompts and the states of the grammar.
            var started = Stopwatch.GetTimestamp();
            var outputs = scripts.Select((_, i) => Answer(Ways[^1], i).Output).ToList();
            var warmMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var llamaWarmMs = llama is null ? (double?)null : scripts.Select((script, i) => Total(Ask(script.Utterance, outputs[i], "late"))).Sum();
            Console.Error.WriteLine($"{tools.Count} tools, prompts of up to {longest} tokens; warm after {warmMs / 1e3:0.0} s, llama.cpp {llamaWarmMs / 1e3:0.0} s");
            var results = Ways.ToDictionary(static w => w.Name, static _ => new WayResult());
            var (peerMs, peerRatio, peerPrefill, peerEarlyMs, peerRatioPrefix) = (new Spread(), new Spread(), new Spread(), new Spread(), new Spread());
            var turn = 0;
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < scripts.Count; i++)
                {
                    // The ways with the whole prompt only for a few requests; who goes first changes.
                    var ways = Ways.Where(w => w.Saving.HasFlag(Saving.Prefix) || (round == 0 && i < wholePrompts)).ToList();
                    var answers = new Dictionary<string, ScriptedResult>();
                    double? peer = null;
                    for (var step = 0; step <= ways.Count; step++)
                    {
                        var which = (step + turn) % (ways.Count + 1);
                        if (which < ways.Count)
                        {
                            answers.Add(ways[which].Name, Answer(ways[which], i));
                        }
                        else if (llama is not null)
                        {
                            var answer = Ask(scripts[i].Utterance, answers.GetValueOrDefault("prefix")?.Output ?? outputs[i], "late");
                            peer = Total(answer);
                            peerMs.Add(peer.Value);
                            peerPrefill.Add(answer.GetProperty("prefill_ms").GetDouble());
                        }
                    }

                    turn++;
                    foreach (var (name, answer) in answers)
                    {
                        results[name].Add(answer, answers.GetValueOrDefault("plain"), answers["prefix"]);
                    }

                    if (peer is { } ms)
                    {
                        peerRatio.Add(answers["all"].Milliseconds / ms);
                        peerRatioPrefix.Add(answers["prefix"].Milliseconds / ms);
                        if (round == 0 && i < EarlyGrammarRequests)
                        {
                            // From the state that another request leaves, as before.
                            _ = Ask(scripts[(i + scripts.Count - 1) % scripts.Count].Utterance, [], "late");
                            peerEarlyMs.Add(Total(Ask(scripts[i].Utterance, answers["prefix"].Output, "early")));
                        }
                    }
                }
            }

            foreach (var (name, result) in results)
            {
                Console.Error.WriteLine($"{name}: {result.Milliseconds} ms; to plain {result.ToPlain}; to prefix {result.ToPrefix}; {result.Counts()}");
            }

            Console.Error.WriteLine($"llama.cpp: {peerMs} ms ({peerEarlyMs} with the grammar first); ours / llama.cpp: all {peerRatio}, prefix only {peerRatioPrefix}");
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "qwen scripted",
                model = package.Manifest.Name,
                processor = Machine.Processor(),
                load_average = load,
                threads,
                tools = tools.Count,
                prompt_tokens = longest,
                peak_mb = Machine.PeakMegabytes(),
                warm_ms = Math.Round(warmMs),
                ways = results.ToDictionary(static r => r.Key, static r => r.Value.Json()),
                llama = llama is null ? null : new
                {
                    ms = peerMs.Json(), ms_grammar_first = peerEarlyMs.Json(), warm_ms = Math.Round(llamaWarmMs!.Value), prefill_ms = peerPrefill.Json(), peak_mb = Machine.PeakMegabytes(llama.ProcessId), ratio_all_to_llama = peerRatio.Json(), ratio_prefix_to_llama = peerRatioPrefix.Json(),
                },
            }));
        }
        finally
        {
            File.Delete(grammar);
        }

        Prompt PromptOf(string utterance)
        {
            ChatMessage[] messages = [new(ChatRole.User, $"[car: parked; speaker: driver]\n{utterance}")];
            return isCompact
                ? CompactPrompt.Build(tokenizer, messages, set.Schemas)
                : QwenPrompt.Build(tokenizer, messages, tools, instructions: null, QwenDialect.Of(package.Manifest.Architecture), set.Heads);
        }

        ScriptedResult Answer((string Name, Saving Saving) way, int index)
        {
            // As if another request had come before, also when the same one is made in several ways in a row.
            var before = PromptOf(scripts[(index + scripts.Count - 1) % scripts.Count].Utterance).Ids;
            var begin = Stopwatch.GetTimestamp();
            var call = new ScriptedCall(way.Saving.HasFlag(Saving.Prefix) ? reusing : clearing, tokenizer, set, way.Saving);
            var prompt = PromptOf(scripts[index].Utterance);
            var result = call.Run(prompt, scripts[index].Answer, prompt.Ids.AsSpan().CommonPrefixLength(before));
            return result with { Milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds };
        }

        // One more step than tokens, which decides whether another call follows, as in ours.
        JsonElement Ask(string utterance, int[] tokens, string order) =>
            llama!.Ask(new { prompt = PromptOf(utterance).Ids, force = tokens, generate = tokens.Length + 1, reuse = true, grammar, order });

        static double Total(JsonElement answer) => answer.GetProperty("prefill_ms").GetDouble() + answer.GetProperty("decode_ms").GetDouble();
    }

    private sealed class WayResult
    {
        private readonly Spread _runs = new();
        private readonly Spread _prefilled = new();
        private readonly Spread _output = new();
        private readonly Spread _forced = new();
        private readonly Spread _accepted = new();
        private readonly Spread _reduced = new();

        public Spread Milliseconds { get; } = new();

        public Spread ToPlain { get; } = new();

        public Spread ToPrefix { get; } = new();

        public void Add(ScriptedResult answer, ScriptedResult? plain, ScriptedResult prefix)
        {
            Milliseconds.Add(answer.Milliseconds);
            if (plain is not null)
            {
                ToPlain.Add(answer.Milliseconds / plain.Milliseconds);
            }

            ToPrefix.Add(answer.Milliseconds / prefix.Milliseconds);
            _runs.Add(answer.Runs);
            _prefilled.Add(answer.PrefilledTokens);
            _output.Add(answer.OutputTokens);
            _forced.Add(answer.ForcedTokens);
            _accepted.Add(answer.AcceptedTokens);
            _reduced.Add(answer.ReducedRuns);
        }

        public string Counts() => $"runs {_runs}, prefilled {_prefilled}, output {_output}, forced {_forced}, guessed right {_accepted}, reduced {_reduced}";

        public object Json() => new
        {
            ms = Milliseconds.Json(), ratio_to_plain = ToPlain.Json(), ratio_to_prefix = ToPrefix.Json(),
            model_runs = _runs.Json(), prefilled_tokens = _prefilled.Json(), output_tokens = _output.Json(), forced_tokens = _forced.Json(), guessed_right_tokens = _accepted.Json(), reduced_head_runs = _reduced.Json(),
        };
    }
}
