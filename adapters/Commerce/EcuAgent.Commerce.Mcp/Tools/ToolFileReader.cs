using System.Globalization;
using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>
/// Reads and checks <c>tools.json</c>. Every way to fail is a <see cref="RegistryException"/> that lists all faults; a file with a fault is not used
/// in part. Its form is also stated by <c>tools.schema.json</c>.
/// </summary>
internal sealed class ToolFileReader(SecretReader secrets)
{
    internal const string Format = "ecuagent-tools/1";

    private const int LargestFileBytes = 256 * 1024;
    private const int MostServers = 16;
    private const int MostTools = 128;
    private const int MostLimits = 32;
    private const int MostValues = 64;
    private const int LongestText = 16 * 1024;
    private const string PinForm = "sha256:";

    /// <summary>The words for classes in the file.</summary>
    internal static readonly (string Word, ActionClass Value)[] Classes =
        [.. Enum.GetValues<ActionClass>().Select(row => (row.ToString().ToLowerInvariant(), row))];

    /// <exception cref="RegistryException">The file cannot be read or is not usable.</exception>
    internal static IReadOnlyList<ToolServer> Load(string path) => CheckedFile.Load(path, LargestFileBytes, ReadFile);

    private static List<ToolServer> ReadFile(JsonAt root, string folder)
    {
        var members = root.Members(["format", "servers"], ["$schema"]);
        CheckedFile.CheckHead(members, Format);
        var reader = new ToolFileReader(new SecretReader(folder));
        var servers = new List<ToolServer>();
        foreach (var item in members?.TryGetValue("servers", out var list) == true ? list.Items(0, MostServers) ?? [] : [])
        {
            if (reader.ReadServer(item) is not { } server)
            {
                continue;
            }

            if (servers.Exists(known => known.Server.Id == server.Server.Id))
            {
                item.Faults.Add(item.Path + ".id", server.Server.Id, "another server has the same id");
            }

            servers.Add(server);
        }

        SpokenReader.CheckDistinct(root, servers);
        return root.Faults.Faults.Count == 0 ? servers : throw new RegistryException(root.Faults.Faults);
    }

    private ToolServer? ReadServer(JsonAt at)
    {
        if (at.Members(["id", "url", "tools"], ["name", "bearerToken"]) is not { } members)
        {
            return null;
        }

        var id = members.TryGetValue("id", out var idAt) ? MerchantReader.ReadId(idAt) : null;
        var url = members.TryGetValue("url", out var urlAt) ? Endpoint.Read(urlAt) : null;
        var token = members.TryGetValue("bearerToken", out var tokenAt) ? secrets.Read(tokenAt) : null;
        var name = members.TryGetValue("name", out var nameAt) ? nameAt.Text(SpokenReader.LongestName) : id;
        var spoken = new SpokenReader(id ?? "", name ?? "");
        var tools = new Dictionary<string, AllowedTool>(StringComparer.Ordinal);
        foreach (var item in members.TryGetValue("tools", out var list) ? list.Items(0, MostTools) ?? [] : [])
        {
            if (ReadTool(item, spoken) is { } tool && !tools.TryAdd(tool.Name, tool))
            {
                item.Faults.Add(item.Path + ".name", tool.Name, "another tool of this server has the same name");
            }
        }

        return id is null || url is null ? null : new ToolServer(new McpServer(id, url, token), tools);
    }

    private static AllowedTool? ReadTool(JsonAt at, SpokenReader spoken)
    {
        if (at.Members(["name", "class"], ["pin", "timeLimitSeconds", "mostResultBytes", "arguments", "say", "fixed", "amount"]) is not { } members)
        {
            return null;
        }

        var name = members.TryGetValue("name", out var nameAt)
            ? nameAt.Text(OfferedTool.IsName, "a tool's name: 1 to 128 letters, digits, '_', '-', '.' and '/'")
            : null;
        var row = members.TryGetValue("class", out var classAt) ? classAt.Word("class", Classes) : null;
        var pin = members.TryGetValue("pin", out var pinAt) ? pinAt.Text(IsPin, "sha256: and 64 digits of 0-9 and a-f, as 'ecuctl tools' shows it") : null;
        var seconds = members.TryGetValue("timeLimitSeconds", out var secondsAt) ? secondsAt.Number(0.2, 120) : null;
        var bytes = members.TryGetValue("mostResultBytes", out var bytesAt) ? WholeOf(bytesAt, 1024, 1024 * 1024) : null;
        var limits = members.TryGetValue("arguments", out var limitsAt) ? ReadLimits(limitsAt) : [];
        return name is null || row is null ? null : new AllowedTool(name, row.Value)
        {
            Pin = pin,
            TimeLimit = seconds is { } limit ? TimeSpan.FromSeconds(limit) : AllowedTool.StandardTimeLimit,
            MostResultBytes = bytes ?? AllowedTool.StandardResultBytes,
            Limits = limits,
            Spoken = spoken.Read(at, members, name, row.Value, limits),
        };
    }

    private static Dictionary<string, ToolSlot> ReadLimits(JsonAt at)
    {
        var limits = new Dictionary<string, ToolSlot>(StringComparer.Ordinal);
        foreach (var (name, value) in at.Entries(MostLimits) ?? [])
        {
            if (value.Members([], ["lowest", "highest", "longest", "values"]) is not { } members)
            {
                continue;
            }

            var lowest = members.TryGetValue("lowest", out var lowestAt) ? lowestAt.Number(double.MinValue, double.MaxValue) : null;
            var highest = members.TryGetValue("highest", out var highestAt) ? highestAt.Number(double.MinValue, double.MaxValue) : null;
            if (lowest > highest)
            {
                value.Refuse("lowest must be at most highest");
            }

            var longest = members.TryGetValue("longest", out var longestAt) ? WholeOf(longestAt, 0, LongestText) : null;
            var values = members.TryGetValue("values", out var valuesAt)
                ? valuesAt.Items(1, MostValues)?.Select(item => item.Text(256)).OfType<string>().ToList()
                : null;
            limits[name] = new ToolSlot(lowest, highest, longest, values);
        }

        return limits;
    }

    private static int? WholeOf(JsonAt at, int lowest, int highest)
    {
        if (at.Element.ValueKind == System.Text.Json.JsonValueKind.Number && at.Element.TryGetInt32(out var whole) && whole >= lowest && whole <= highest)
        {
            return whole;
        }

        at.Refuse(string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {lowest} to {highest}"));
        return null;
    }

    private static bool IsPin(string text) =>
        text.Length == PinForm.Length + 64 && text.StartsWith(PinForm, StringComparison.Ordinal)
        && text.Skip(PinForm.Length).All(char.IsAsciiHexDigitLower);
}
