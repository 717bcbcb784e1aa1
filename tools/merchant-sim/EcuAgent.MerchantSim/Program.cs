using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using EcuAgent.MerchantSim;
using Microsoft.Extensions.Logging;

const int wrongInput = 2;
const int cannotListen = 5;

var port = new Option<int>("--port") { Description = "Port on 127.0.0.1, 0 to 65535; 0: chosen by the system.", DefaultValueFactory = _ => 0 };
var catalogue = new Option<string>("--catalogue") { Description = "Catalogue file; without it the one of the program." };
var apiKey = new Option<string[]>("--api-key") { Description = "Bearer token that is taken; may be given again.", DefaultValueFactory = _ => [MerchantWorldOptions.DefaultApiKey] };
var webhooks = new Option<string>("--webhooks") { Description = "URL where order events are sent, on loopback; {merchant} in it stands for who sends." };
var webhookSecret = new Option<string>("--webhook-secret") { Description = "What order events are signed with.", DefaultValueFactory = _ => MerchantWorldOptions.DefaultWebhookSecret };
var sessionMinutes = new Option<int>("--session-minutes") { Description = "How long a session can be completed, 1 to 1440.", DefaultValueFactory = _ => 30 };
var sessions = new Option<int>("--max-sessions") { Description = "Sessions kept for each merchant.", DefaultValueFactory = _ => new MerchantWorldOptions().SessionCapacity };
var keys = new Option<int>("--max-keys") { Description = "Idempotency keys kept in all.", DefaultValueFactory = _ => new MerchantWorldOptions().IdempotencyCapacity };
var alwaysOpen = new Option<bool>("--always-open") { Description = "Every merchant is open all day." };
var registry = new Option<string>("--registry") { Description = "Folder to write what a car needs to buy here: merchants.json, buyer, payment, keys, webhook secret." };
var protocol = new Option<string[]>("--protocol") { Description = "In what --registry has merchants bought from: acp, ucp (all of them), or MERCHANT=ucp, which may be given again.", DefaultValueFactory = _ => ["acp"] };
var ucpSigned = new Option<bool>("--ucp-signed") { Description = "Requests of UCP without a signature are refused." };
var ucpClientKey = new Option<string>("--ucp-client-key") { Description = "File with a client's public key (JWK), besides those of the profiles that clients name." };
var verbose = new Option<bool>("--verbose") { Description = "A line on standard error for each request and order." };

var root = new RootCommand("""
    Simulated merchants (restaurants, hotels, tickets, parcels, bills) and their payment provider on loopback. Ends with Ctrl+C.
    Exit codes: 0 ended as asked, 2 wrong input, 5 the port cannot be listened on.
    """)
{
    port, catalogue, apiKey, webhooks, webhookSecret, sessionMinutes, sessions, keys, alwaysOpen, registry, protocol, ucpSigned, ucpClientKey, verbose,
};
root.SetAction(async (parsed, _) =>
{
    using var logging = LoggerFactory.Create(builder =>
    {
        if (parsed.GetValue(verbose))
        {
            builder.AddSimpleConsole(console => console.SingleLine = true);
            builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    });
    try
    {
        return await RunAsync(new MerchantWorldOptions
        {
            Port = parsed.GetValue(port),
            CataloguePath = parsed.GetValue(catalogue),
            ApiKeys = parsed.GetValue(apiKey)!,
            WebhookUrl = parsed.GetValue(webhooks),
            WebhookSecret = parsed.GetValue(webhookSecret)!,
            SessionLifetime = TimeSpan.FromMinutes(parsed.GetValue(sessionMinutes)),
            SessionCapacity = parsed.GetValue(sessions),
            IdempotencyCapacity = parsed.GetValue(keys),
            UcpSigned = parsed.GetValue(ucpSigned),
            UcpClientKey = parsed.GetValue(ucpClientKey) is { } keyFile ? File.ReadAllText(keyFile) : null,
            AlwaysOpen = parsed.GetValue(alwaysOpen),
            LoggerFactory = logging,
        }, parsed.GetValue(registry), parsed.GetValue(protocol)!);
    }
    catch (Exception error) when (error is InvalidDataException or ArgumentException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"merchant-sim: {error.Message}");
        return wrongInput;
    }
    catch (IOException error)
    {
        Console.Error.WriteLine($"merchant-sim: {error.Message}");
        return cannotListen;
    }
});
var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors)
    {
        Console.Error.WriteLine($"merchant-sim: {error.Message}");
    }

    return wrongInput;
}

return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

static async Task<int> RunAsync(MerchantWorldOptions options, string? registry, string[] protocols)
{
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await using var world = await MerchantWorld.StartAsync(options);
    if (registry is not null)
    {
        world.WriteRegistry(registry, ucpMerchants: UcpMerchants(world, protocols));
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready: {world.BaseUrl.GetLeftPart(UriPartial.Authority)}, {world.Merchants.Count} merchants"));
    await stop.Task;
    return 0;

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }
}

static string[] UcpMerchants(MerchantWorld world, string[] protocols) =>
    [.. protocols.SelectMany(protocol => protocol switch
    {
        "acp" => [],
        "ucp" => world.Merchants.Select(m => m.Id),
        _ when protocol.EndsWith("=ucp", StringComparison.Ordinal) => [protocol[..^"=ucp".Length]],
        _ => throw new ArgumentException($"protocol '{protocol}' is not acp, ucp or MERCHANT=ucp"),
    }).Distinct()];
