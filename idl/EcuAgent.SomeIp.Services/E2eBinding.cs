namespace EcuAgent.SomeIp.Services;

/// <summary>E2E protection of one message. The header stands between return code and payload.</summary>
public sealed record E2eBinding
{
    /// <summary>The profile.</summary>
    public required E2eBindingProfile Profile { get; init; }

    /// <summary>Data id, no other message of the map has it.</summary>
    /// <value>32 bits, with P05 16 bits.</value>
    public required uint DataId { get; init; }

    /// <summary>How far the counter may step.</summary>
    /// <value>1 .. 255, default 3.</value>
    public byte MaxDeltaCounter { get; init; } = 3;

    /// <summary>Messages in order until a new order is taken; 0: never.</summary>
    /// <value>0 .. 255, default 0.</value>
    public byte SyncCount { get; init; }
}
