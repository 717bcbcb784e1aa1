namespace EcuAgent.Core.Gate;

/// <summary>Limits that an allowed answer has to keep.</summary>
/// <param name="MaxSentences">Most sentences to be spoken, 1 or more; null for no limit.</param>
/// <param name="MaxOptions">Most options to be offered, 1 or more; null for no limit.</param>
public readonly record struct GateLimits(int? MaxSentences, int? MaxOptions)
{
    /// <summary>No limits.</summary>
    public static GateLimits None => default;

    /// <summary>True when at least one limit is set.</summary>
    public bool Any => MaxSentences is not null || MaxOptions is not null;
}
