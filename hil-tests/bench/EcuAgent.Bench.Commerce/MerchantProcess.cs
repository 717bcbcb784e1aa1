using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EcuAgent.Bench.Service;
using EcuAgent.Commerce.Buyer;

namespace EcuAgent.Bench.Commerce;

/// <summary>The merchants, in a process of their own, with the registry to buy from them and stock for a bench.</summary>
internal sealed class MerchantProcess : IDisposable
{
    private const int Pizzas = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _control = new(new SocketsHttpHandler { UseProxy = false });

    private MerchantProcess(Process process, Uri origin, string registry)
    {
        _process = process;
        Origin = origin;
        Registry = registry;
    }

    internal Uri Origin { get; }

    /// <summary>The registry file.</summary>
    internal string Registry { get; }

    internal static async Task<MerchantProcess> StartAsync(string folder)
    {
        var program = Repository.Find("tools/merchant-sim/EcuAgent.MerchantSim/bin/Release/net10.0/merchant-sim");
        var process = Process.Start(new ProcessStartInfo(program, ["--always-open", "--registry", folder]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("the merchants have ended by surprise");
        var merchants = new MerchantProcess(process, new Uri(line.Split(' ')[1].TrimEnd(',')), Path.Combine(folder, "merchants.json"));
        await merchants.PostAsync("stock", new JsonObject { ["merchant"] = Shopping.MerchantId, ["item"] = Shopping.OfferId, ["stock"] = Pizzas });
        return merchants;
    }

    /// <summary>Has every answer to completing held back, after the work is done.</summary>
    internal Task HoldCompletionAsync() =>
        PostAsync("faults", new JsonObject { ["fault"] = "stall_answer", ["operation"] = "complete", ["merchant"] = Shopping.MerchantId, ["count"] = 1 });

    /// <summary>Charges so far, by session.</summary>
    internal async Task<IReadOnlyList<string>> ChargedSessionsAsync()
    {
        var ledger = (await _control.GetFromJsonAsync<JsonNode>(new Uri(Origin, "control/ledger")))!;
        var entries = ledger as JsonArray ?? (JsonArray)ledger["entries"]!;
        return [.. entries.Where(entry => (string?)entry!["kind"] == "charge").Select(entry => (string)entry!["session"]!)];
    }

    internal Task ReleaseAsync() => PostAsync("release", []);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _control.Dispose();
    }

    private async Task PostAsync(string what, JsonObject body)
    {
        using var content = JsonContent.Create(body);
        using var answer = await _control.PostAsync(new Uri(Origin, "control/" + what), content);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"control/{what} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
