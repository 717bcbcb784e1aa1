using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace EcuAgent.MerchantSim.Tests.Ucp;

/// <summary>The official JavaScript SDK's schemas as a judge of bodies. Fetched once by npm; skipped where there is no Node or no registry.</summary>
internal static class UcpSdk
{
    private static readonly Lazy<string?> Missing = new(Prepare);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "ucp-sdk");

    /// <returns>For each body what is against it; null when nothing is.</returns>
    public static string?[] Judge(IReadOnlyList<(string Schema, JsonElement Body)> bodies)
    {
        Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");
        using var node = Start("node", "check.cjs");
        foreach (var (schema, body) in bodies)
        {
            node.StandardInput.Write(new JsonObject { ["schema"] = schema, ["body"] = JsonNode.Parse(body.GetRawText()) }.ToJsonString() + "\n");
        }

        node.StandardInput.Close();
        var lines = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        Assert.Equal(bodies.Count, lines.Length);
        return [.. lines.Select(l => l == "ok" ? null : l)];
    }

    private static string? Prepare()
    {
        try
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules", "@ucp-js", "sdk")))
            {
                return null;
            }

            using var npm = Start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            _ = output.Result;
            return npm.ExitCode == 0 ? null : "npm cannot fetch @ucp-js/sdk: " + errors.Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return "Node and npm are not here: " + error.Message;
        }
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = program == "npm",
    })!;
}
