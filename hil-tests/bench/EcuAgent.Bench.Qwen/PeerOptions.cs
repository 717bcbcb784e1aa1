using System.CommandLine;

namespace EcuAgent.Bench.Qwen;

/// <summary>The options that name a llama.cpp to compare with.</summary>
internal sealed class PeerOptions
{
    private readonly Option<FileInfo?> _model = new("--gguf") { Description = "The same weights for llama.cpp (llama-peer/gguf.py); left out: ours alone" };
    private readonly Option<FileInfo> _module = new("--peer-module")
    {
        Description = "node-llama-cpp's dist/index.js",
        DefaultValueFactory = static _ => new FileInfo(Path.Combine(Repository.Root, "artifacts/llama-peer/node_modules/node-llama-cpp/dist/index.js")),
    };

    private readonly Option<string> _cache = new("--peer-cache") { Description = "Type of llama.cpp's key/value cache: f16, f32, q8_0", DefaultValueFactory = static _ => "f16" };
    private readonly Option<string> _flash = new("--peer-flash") { Description = "llama.cpp's flash attention: auto, on, off", DefaultValueFactory = static _ => "auto" };

    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_module);
        command.Add(_cache);
        command.Add(_flash);
    }

    /// <summary>Starts it, or null where none is asked for.</summary>
    public LlamaPeer? Start(ParseResult parsed, int threads, int context) => parsed.GetValue(_model) is { } model
        ? LlamaPeer.Start(model.FullName, parsed.GetValue(_module)!.FullName, threads, context, parsed.GetValue(_cache)!, parsed.GetValue(_flash)!)
        : null;
}
