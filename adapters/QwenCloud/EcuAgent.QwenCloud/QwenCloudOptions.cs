using System.Net;
using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.QwenCloud;

/// <summary>Settings of the cloud helper. Off by default; the key is never a setting.</summary>
public sealed record QwenCloudOptions
{
    private const int LongestModelName = 128;

    /// <summary>Switches the helper on. Default false. Policy, consent and a key are needed besides.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Base address of the endpoint, the part before <c>/chat/completions</c>, such as
    /// <c>https://dashscope-intl.aliyuncs.com/compatible-mode/v1</c>. https; http only to a loopback address. Default none.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Name of the model there, 1 to 128 characters. Default "qwen-plus".</summary>
    public string Model { get; init; } = "qwen-plus";

    /// <summary>What is sent as <c>enable_thinking</c>; null leaves it out, for servers that do not know it. Default false: a voice request has no time for it.</summary>
    public bool? EnableThinking { get; init; } = false;

    /// <summary>Whether the answer is streamed, so that a stall shows early. Default true.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>
    /// Whether a call is demanded (<c>tool_choice</c> "required") instead of hoped for ("auto"). Default true; "auto" is used in any case while
    /// thinking, which DashScope demands.
    /// </summary>
    public bool RequireCall { get; init; } = true;

    /// <summary>Whether a cell of 5 km or more may be sent with requests that need a place. Default true.</summary>
    public bool SendArea { get; init; } = true;

    /// <summary>Environment variable with the key. Default "DASHSCOPE_API_KEY". Not looked at where <see cref="ApiKeyFile"/> is set.</summary>
    public string ApiKeyVariable { get; init; } = "DASHSCOPE_API_KEY";

    /// <summary>File with the key on one line, readable by its owner only. Default none.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>Longest time for one request in all, 200 ms to 30 s. Default 4 s. The agent's own budget may cut it shorter.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest time to connect, 100 ms to 10 s. Default 1.5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Longest silence of the server, before the headers and between pieces of the body, 100 ms to 30 s. Default 2.5 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>With less of the agent's budget left it is not asked at all, 0 to 10 s. Default 700 ms.</summary>
    public TimeSpan LeastTime { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Kept of the agent's budget for handing the local answer on, 50 ms to 5 s. Default 250 ms.</summary>
    public TimeSpan Reserve { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Most tokens that the model there may write, 16 to 2048. Default 256.</summary>
    public int MaxOutputTokens { get; init; } = 256;

    /// <summary>Largest request body in bytes, 4 KiB to 1 MiB. Default 128 KiB; the catalogue is most of it.</summary>
    public int MaxRequestBytes { get; init; } = 128 * 1024;

    /// <summary>Largest response body in bytes, 4 KiB to 4 MiB. Default 256 KiB.</summary>
    public int MaxResponseBytes { get; init; } = 256 * 1024;

    /// <summary>This many requests within a minute, half of them failed, open the circuit, 2 to 20. Default 3.</summary>
    public int RequestsToOpen { get; init; } = 3;

    /// <summary>How long the circuit stays open, 1 s to 10 min. Default 30 s.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A longer Retry-After is cut to this, 1 s to 1 h. Default 10 min.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a consent holds, 1 to 730 days. Default 365 days.</summary>
    public TimeSpan ConsentHolds { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Folder of consent, record and state. Default <see cref="PrivacyFolder.Default"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Size of each of the two record files in bytes, 4 KiB to 16 MiB. Default 256 KiB.</summary>
    public int MaxRecordFileBytes { get; init; } = 256 * 1024;

    /// <summary>The folder in use.</summary>
    public string ResolvedDirectory => Directory ?? PrivacyFolder.Default;

    /// <summary>Scheme, host and port of the endpoint: what a consent names. Empty without an endpoint.</summary>
    public string Origin => Endpoint is { IsAbsoluteUri: true } endpoint ? endpoint.GetLeftPart(UriPartial.Authority) : "";

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Enabled && Endpoint is null)
        {
            faults.Add($"{nameof(Endpoint)} is missing; allowed: an https address, because {nameof(Enabled)} is true");
        }

        if (Endpoint is not null && EndpointFault(Endpoint) is { } fault)
        {
            faults.Add($"{nameof(Endpoint)} = {Shown(Endpoint)}; allowed: {fault}");
        }

        if (Model is not { Length: > 0 and <= LongestModelName } || Model.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            faults.Add($"{nameof(Model)} = '{Model}'; allowed: 1 to {LongestModelName} characters without white space");
        }

        if (string.IsNullOrWhiteSpace(ApiKeyVariable))
        {
            faults.Add($"{nameof(ApiKeyVariable)} = '{ApiKeyVariable}'; allowed: the name of an environment variable");
        }

        if (ApiKeyFile is not null && string.IsNullOrWhiteSpace(ApiKeyFile))
        {
            faults.Add($"{nameof(ApiKeyFile)} = '{ApiKeyFile}'; allowed: a file, or leave the setting out");
        }

        if (Directory is not null && string.IsNullOrWhiteSpace(Directory))
        {
            faults.Add($"{nameof(Directory)} = '{Directory}'; allowed: a folder, or leave the setting out");
        }

        Check(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        Check(nameof(StallTimeout), StallTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Check(nameof(LeastTime), LeastTime, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Check(nameof(Reserve), Reserve, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
        Check(nameof(MaxOutputTokens), MaxOutputTokens, 16, 2048);
        Check(nameof(MaxRequestBytes), MaxRequestBytes, 4096, 1024 * 1024);
        Check(nameof(MaxResponseBytes), MaxResponseBytes, 4096, 4 * 1024 * 1024);
        Check(nameof(RequestsToOpen), RequestsToOpen, 2, 20);
        Check(nameof(BreakFor), BreakFor, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(nameof(LongestHold), LongestHold, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(nameof(ConsentHolds), ConsentHolds, TimeSpan.FromDays(1), TimeSpan.FromDays(730));
        Check(nameof(MaxRecordFileBytes), MaxRecordFileBytes, 4096, SentRecordReader.LargestFileBytes);
        return faults;

        void Check<T>(string name, T value, T lowest, T highest)
            where T : IComparable<T>
        {
            if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
            {
                faults.Add(FormattableString.Invariant($"{name} = {value}; allowed: {lowest} to {highest}"));
            }
        }
    }

    /// <summary>True for an address that cannot lead out of this machine.</summary>
    internal static bool IsLoopback(Uri address) =>
        address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string? EndpointFault(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http"))
        {
            return "an absolute https address";
        }

        if (endpoint.Scheme == "http" && !IsLoopback(endpoint))
        {
            return "https; http only to a loopback address";
        }

        return endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0
            ? "an address without user, query and fragment"
            : null;
    }

    // Somebody who writes a secret into the address must not find it in the log.
    private static string Shown(Uri endpoint) =>
        endpoint.IsAbsoluteUri ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(not absolute)";
}
