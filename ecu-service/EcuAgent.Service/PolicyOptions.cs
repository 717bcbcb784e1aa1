namespace EcuAgent.Service;

/// <summary>Which gate policy holds.</summary>
internal sealed class PolicyOptions
{
    /// <summary>A built-in profile, "strict" or "voice-confirm". Not looked at where <see cref="File"/> is set.</summary>
    public string Profile { get; init; } = "strict";

    /// <summary>Path of a policy file; a broken one stops the start.</summary>
    public string? File { get; init; }
}
