using System.Text.RegularExpressions;

namespace EcuAgent.DemoRun;

/// <summary>What only the service's log tells.</summary>
internal static partial class ServiceLog
{
    /// <summary>Name of the model package, from the line "Ready: domain 0, policy strict, model NAME"; null when it is not there.</summary>
    public static string? ModelName(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return ReadyLine().Match(reader.ReadToEnd()) is { Success: true } match ? match.Groups["name"].Value.Trim() : null;
    }

    [GeneratedRegex(@"Ready: [^\r\n]*?, policy [^,]+, model (?<name>[^\r\n]+)")]
    private static partial Regex ReadyLine();
}
