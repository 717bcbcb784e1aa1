using System.CommandLine;
using EcuAgent.Qwen;
using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.QwenExport;

/// <summary>The command line of the export itself.</summary>
internal static class ExportCommand
{
    public const int Done = 0;
    public const int BadCheckpoint = 2;

    public static RootCommand Create()
    {
        var checkpoint = new Option<DirectoryInfo>("--checkpoint") { Description = "Hugging Face folder: config.json, *.safetensors, tokenizer.json, generation_config.json", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Model package folder to write", Required = true };
        var bits = Bits("--bits", "Bits of one weight: 32, 16, 8 or 4");
        bits.DefaultValueFactory = static _ => 8;
        var headBits = new Option<int?>("--head-bits") { Description = "Bits of the output head (with tied embeddings of both); as --bits when left out" };
        headBits.AcceptOnlyFromAmong("32", "16", "8", "4");
        var tensor = new Option<string[]>("--tensor") { Description = "PATTERN=BITS for tensors by name, * any text; the last that matches decides. Example: --tensor '*.mlp.down_proj.weight=8'", DefaultValueFactory = static _ => [] };
        var auto = new Option<double?>("--auto") { Description = "Relative error that each matrix may have, for example 0.01: the fewest of 4, 8, 16 and 32 bits within it are taken instead of --bits" };
        var cacheBits = new Option<int>("--kv-bits") { Description = "Bits of one element of the key/value cache: 32 or 8", DefaultValueFactory = static _ => 32 };
        cacheBits.AcceptOnlyFromAmong("32", "8");
        var calibration = new Option<FileInfo?>("--calibration") { Description = "Text that finds the steps of an 8-bit cache; a built-in one when left out" };
        var style = new Option<string>("--prompt-style") { Description = "compact (a model trained on our catalogue) or qwen (Qwen's own chat form)", DefaultValueFactory = static _ => "qwen" };
        style.AcceptOnlyFromAmong("compact", "qwen");
        var catalogue = new Option<FileInfo?>("--catalogue") { Description = "catalogue.json that a compact model was trained on" };
        var name = new Option<string?>("--name") { Description = "Name of the model; the checkpoint folder's name when left out" };
        var maxContext = new Option<int>("--max-context") { Description = "Positions of prompt and answer together; 0: 512 for compact, 5120 for qwen" };
        var allLogits = new Option<bool>("--all-logits") { Description = "Logits of every position, for checking tools; the service wants the last one" };
        var floats = new Option<bool>("--float-activations") { Description = "Products with quantized weights keep activations in float, for checking tools: about a third of the speed" };
        var fullHead = new Option<bool>("--no-reduced-head") { Description = "Leave out the input head_tokens" };
        var external = new Option<bool>("--external") { Description = "Weights beside the graph (model.onnx.data) whatever their size; else only above 256 MB" };
        var check = new Option<bool>("--check") { Description = "Load and run the result whatever memory that takes" };
        var noCheck = new Option<bool>("--no-check") { Description = "Do not load the result" };
        var report = new Option<FileInfo?>("--report") { Description = "Write bytes and errors of all tensors to this file, as JSON" };
        var verbose = new Option<bool>("--verbose") { Description = "Print where it writes, and the same report as a table" };

        var root = new RootCommand("Converts a Hugging Face checkpoint of a Qwen2, Qwen2.5 or Qwen3 model into a model package of EcuAgent. Exit codes: 0 done, 1 wrong command line, 2 the checkpoint or the result cannot be used.")
        {
            checkpoint, output, bits, headBits, tensor, auto, cacheBits, calibration, style, catalogue, name, maxContext, allLogits, floats, fullHead, external, check, noCheck, report, verbose,
        };
        root.SetAction(parsed => Guard(() =>
        {
            var settings = new ExportSettings(
                parsed.GetValue(checkpoint)!.FullName,
                parsed.GetValue(output)!.FullName,
                parsed.GetValue(bits),
                parsed.GetValue(style)!,
                parsed.GetValue(catalogue)?.FullName,
                parsed.GetValue(name),
                parsed.GetValue(maxContext))
            {
                HeadBits = parsed.GetValue(headBits),
                Rules = [.. parsed.GetValue(tensor)!.Select(BitRule.Parse)],
                ErrorBound = parsed.GetValue(auto),
                CacheBits = parsed.GetValue(cacheBits),
                CalibrationPath = parsed.GetValue(calibration)?.FullName,
                AllLogits = parsed.GetValue(allLogits),
                FloatActivations = parsed.GetValue(floats),
                ReducedHead = !parsed.GetValue(fullHead),
                InlineLimitBytes = parsed.GetValue(external) ? 0 : ExportSettings.DefaultInlineLimitBytes,
                Check = parsed.GetValue(noCheck) ? false : parsed.GetValue(check) ? true : null,
                ReportPath = parsed.GetValue(report)?.FullName,
            };
            var result = Exporter.Export(settings, parsed.GetValue(verbose) ? Console.Error.WriteLine : static _ => { });
            var bytes = result.Manifest.Files.Keys.Sum(file => new FileInfo(Path.Combine(settings.OutputDirectory, file)).Length);
            Console.WriteLine(FormattableString.Invariant(
                $"{result.Manifest.Name}: {result.Manifest.Config.LayerCount} layers, {result.Manifest.WeightBits} bits, {bytes / 1e6:0.0} MB, relative error {result.Report.TotalRelativeError:0.0000}, context {result.Manifest.MaxContext}, written to {settings.OutputDirectory}{(result.WasRun ? " and loaded" : "; not loaded (--check does that)")}"));
        }));
        return root;
    }

    /// <summary>Runs and turns everything that a user can cause into one line and an exit code.</summary>
    public static int Guard(Action action)
    {
        try
        {
            action();
            return Done;
        }
        catch (Exception e) when (e is ExportException or QwenModelException or OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            // Values out of an indented config.json, and ONNX Runtime's messages, have line ends of their own.
            Console.Error.WriteLine($"error: {string.Join(' ', e.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");
            return BadCheckpoint;
        }
    }

    private static Option<int> Bits(string name, string description)
    {
        var option = new Option<int>(name) { Description = description };
        option.AcceptOnlyFromAmong("32", "16", "8", "4");
        return option;
    }
}
