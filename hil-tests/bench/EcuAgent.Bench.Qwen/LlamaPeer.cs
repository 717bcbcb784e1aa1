using System.Diagnostics;
using System.Text.Json;

namespace EcuAgent.Bench.Qwen;

/// <summary>llama.cpp in a process of its own (llama-peer/peer.mjs): one line of JSON in, one out.</summary>
internal sealed class LlamaPeer : IDisposable
{
    private readonly Process _process;

    private LlamaPeer(Process process, JsonElement ready)
    {
        _process = process;
        Ready = ready;
    }

    /// <summary>What it said at its start: load_ms, release, cpu, threads.</summary>
    public JsonElement Ready { get; }

    public int ProcessId => _process.Id;

    public static LlamaPeer Start(string model, string module, int threads, int context, string cache = "f16", string flash = "auto")
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Repository.PeerScript, "--model", model, "--module", module, "--threads", $"{threads}", "--context", $"{context}", "--cache", cache, "--flash", flash])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new IOException("node did not start");
        try
        {
            return new LlamaPeer(process, Read(process));
        }
        catch
        {
            Stop(process);
            throw;
        }
    }

    public JsonElement Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        return Read(_process);
    }

    public void Dispose() => Stop(_process);

    private static JsonElement Read(Process process)
    {
        var line = process.StandardOutput.ReadLine() ?? throw new IOException("the llama.cpp peer ended early");
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("error", out var error)
            ? throw new InvalidDataException($"llama.cpp peer: {error.GetString()}")
            : document.RootElement.Clone();
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(5000))
            {
                process.Kill();
                process.WaitForExit();
            }
        }

        process.Dispose();
    }
}
