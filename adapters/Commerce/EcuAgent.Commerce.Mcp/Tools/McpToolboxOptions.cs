using EcuAgent.Commerce.Mcp.Connection;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>Settings of the toolbox. Which tools there are stands in the file; secrets are never a setting.</summary>
public sealed record McpToolboxOptions
{
    /// <summary>The file (<c>tools.json</c>); null for no tools of others.</summary>
    public string? File { get; init; }

    /// <summary>Longest time for one connection, 100 ms to 30 s. Default 4 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest time for one page of a server's list of tools, 200 ms to 1 min. Default 10 s.</summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a list is used where the server does not say that it changed, 0 to 10 min. Default 30 s.</summary>
    public TimeSpan ListHolds { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls of one server may wait for their turn, 0 to 64. Default 8; the next one is not sent.</summary>
    public int MostWaiting { get; init; } = 8;

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (File is { } file && string.IsNullOrWhiteSpace(file))
        {
            faults.Add($"{nameof(File)} = '{file}'; allowed: a file, or leave the setting out");
        }

        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Check(nameof(ListTimeout), ListTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1));
        Check(nameof(ListHolds), ListHolds, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(nameof(MostWaiting), MostWaiting, 0, 64);
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

    internal McpLinkOptions Link => new(ConnectTimeout, MostWaiting);
}
