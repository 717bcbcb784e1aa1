namespace EcuAgent.IdlGen;

/// <summary>The input cannot be generated from: it is wrong, or uses a construct that is not supported.</summary>
internal sealed class IdlException(IdlLocation location, string code, string message) : Exception(message)
{
    public IdlLocation Location { get; } = location;

    /// <summary>One of <see cref="IdlErrors"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The line for people and build logs: <c>file(line,column): error IDLnnn: text</c>.</summary>
    public string Line => $"{Location}: error {Code}: {Message}";
}
