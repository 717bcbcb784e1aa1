namespace EcuAgent.QwenCloud.Privacy;

/// <summary>One line of the record: what was sent, or what came of it.</summary>
internal sealed record RecordLine
{
    /// <summary>Number of the request, counted over restarts as long as the record lasts.</summary>
    public required long Number { get; init; }

    /// <summary>When the line was written, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Scheme, host and port it was sent to; only with <see cref="Sent"/>.</summary>
    public string? To { get; init; }

    /// <summary>Why the local model was not enough; only with <see cref="Sent"/>.</summary>
    public string? Why { get; init; }

    /// <summary>What was sent.</summary>
    public SentFields? Sent { get; init; }

    /// <summary>What came of it: "answered" or a reason code.</summary>
    public string? Outcome { get; init; }

    /// <summary>From sending to the outcome, in milliseconds.</summary>
    public long? ElapsedMs { get; init; }
}
