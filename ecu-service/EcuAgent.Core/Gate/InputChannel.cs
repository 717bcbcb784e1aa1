namespace EcuAgent.Core.Gate;

/// <summary>How the request or the answer was given.</summary>
public enum InputChannel
{
    /// <summary>Not known; treated like the stricter one, touch.</summary>
    Unknown,

    /// <summary>Spoken.</summary>
    Voice,

    /// <summary>By hand on a screen or a button.</summary>
    Touch,
}
