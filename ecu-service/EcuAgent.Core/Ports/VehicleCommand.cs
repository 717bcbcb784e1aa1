namespace EcuAgent.Core.Ports;

/// <summary>What every command carries.</summary>
public abstract record VehicleCommand
{
    /// <summary>GUID in its 36-character form; unique for the life of the vehicle.</summary>
    public required string CommandId { get; init; }

    /// <summary>Id of the utterance that led to it, at most 36 characters; empty when none did.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>Not to be carried out after this instant; also the life span on the wire.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The ECU that it goes to.</summary>
    public abstract CommandTarget Target { get; }
}
