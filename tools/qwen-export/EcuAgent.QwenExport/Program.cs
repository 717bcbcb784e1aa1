using System.CommandLine;
using EcuAgent.Qwen;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tokenization;
using EcuAgent.QwenExport;

const int Done = 0;
const int BadCheckpoint = 2;

var checkpoint = new Option<DirectoryInfo>("--checkpoint") { Description = "Hugging Face folder: config.json, *.safetensors, tokenizer.json", Required = true };
var output = new Option<DirectoryInfo>("--out") { Description = "Model package folder to write", Required = true };
var bits = new Option<int>("--bits") { Description = "Bits of one weight: 32, 8 or 4", DefaultValueFactory = static _ => 8 };
bits.AcceptOnlyFromAmong("32", "8", "4");
var style = new Option<string>("--prompt-style") { Description = "compact (a model trained on our catalogue) or qwen (Qwen3's own chat form)", DefaultValueFactory = static _ => "qwen" };
style.AcceptOnlyFromAmong("compact", "qwen");
var catalogue = new Option<FileInfo?>("--catalogue") { Description = "catalogue.json that a compact model was trained on" };
var name = new Option<string?>("--name") { Description = "Name of the model; the checkpoint folder's name when left out" };
var maxContext = new Option<int>("--max-context") { Description = "Positions of prompt and answer together; 0: 512 for compact, 5120 for qwen" };
var verbose = new Option<bool>("--verbose") { Description = "A line for each matrix with its quantization error" };

var root = new RootCommand("Converts a Hugging Face checkpoint of a Qwen3 model into a model package of EcuAgent. Exit codes: 0 done, 1 wrong command line, 2 the checkpoint or the result cannot be used.")
{
    checkpoint, output, bits, style, catalogue, name, maxContext, verbose,
};
root.SetAction(parsed =>
{
    var settings = new ExportSettings(
        parsed.GetValue(checkpoint)!.FullName,
        parsed.GetValue(output)!.FullName,
        parsed.GetValue(bits),
        parsed.GetValue(style)!,
        parsed.GetValue(catalogue)?.FullName,
        parsed.GetValue(name),
        parsed.GetValue(maxContext));
    try
    {
        var manifest = Exporter.Export(settings, parsed.GetValue(verbose) ? Console.Error.WriteLine : static _ => { });
        // A package that the runtime refuses is no result: load it as the service would, and run it once.
        var package = ModelPackage.Open(settings.OutputDirectory);
        _ = QwenTokenizer.Load(package.TokenizerPath, manifest.Config.VocabularySize, manifest.EosTokens);
        using var decoder = new QwenDecoder(package, Math.Min(manifest.MaxContext, 64), threadCount: 1, prefillChunk: 8);
        var bytes = manifest.Files.Keys.Sum(file => new FileInfo(Path.Combine(settings.OutputDirectory, file)).Length);
        Console.WriteLine(FormattableString.Invariant($"{manifest.Name}: {manifest.Config.LayerCount} layers, {manifest.WeightBits} bits, {bytes / 1e6:0.0} MB, context {manifest.MaxContext}, written to {settings.OutputDirectory} and loaded"));
        return Done;
    }
    catch (Exception e) when (e is ExportException or QwenModelException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"error: {e.Message}");
        return BadCheckpoint;
    }
});
return root.Parse(args).Invoke();
