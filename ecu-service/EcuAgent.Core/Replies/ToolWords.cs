using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Replies;

/// <summary>How a call of a tool of others is spoken of: names of the car's own file and words of the person, nothing that a server wrote.</summary>
/// <param name="Server">The server.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Amount">What it costs; null where that is not known.</param>
internal sealed record ToolWords(string Server, string Tool, IReadOnlyList<(string Name, string Value)> Arguments, Money? Amount)
{
    /// <summary>A name as it is spoken: <c>get_forecast</c> is "get forecast".</summary>
    public static string Plain(string name) => string.Join(' ', name.Split(['_', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries));
}
