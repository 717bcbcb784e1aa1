using System.Diagnostics;
using System.Globalization;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>
/// <c>@modelcontextprotocol/server-everything</c>, a server that nobody here wrote, on 127.0.0.1. Fetched once by npm; skipped where there is no Node or
/// no registry.
/// </summary>
internal sealed class EverythingServer : IDisposable
{
    private const string Package = "node_modules/@modelcontextprotocol/server-everything";

    private static readonly Lazy<string?> Missing = new(Prepare);

    private readonly Process _node;

    private EverythingServer(Process node, int port)
    {
        _node = node;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/mcp"));
    }

    internal Uri Url { get; }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "everything");

    internal static async Task<EverythingServer> StartAsync()
    {
        Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");

        // The server itself listens on every interface.
        var node = Start("node", "--require", "./loopback.cjs", Package + "/dist/index.js", "streamableHttp");
        _ = node.StandardError.ReadToEndAsync();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("port ", StringComparison.Ordinal))
            {
                _ = node.StandardOutput.ReadToEndAsync();
                return new EverythingServer(node, int.Parse(line[5..], CultureInfo.InvariantCulture));
            }
        }

        throw new InvalidOperationException("server-everything ended before it listened");
    }

    public void Dispose()
    {
        _node.Kill();
        _node.WaitForExit();
        _node.Dispose();
    }

    private static string? Prepare()
    {
        try
        {
            if (Directory.Exists(Path.Combine(Folder, Package)))
            {
                return null;
            }

            using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            _ = output.Result;
            return npm.ExitCode == 0 ? null : "npm cannot fetch server-everything: " + errors.Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return "Node and npm are not here: " + error.Message;
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PORT"] = "0";
        return Process.Start(start)!;
    }
}
