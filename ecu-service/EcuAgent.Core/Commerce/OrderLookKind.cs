namespace EcuAgent.Core.Commerce;

/// <summary>How looking after one purchase went.</summary>
public enum OrderLookKind
{
    /// <summary>The merchant was asked and said how it stands.</summary>
    Looked,

    /// <summary>No purchase with this session is open: it is over, or another car's.</summary>
    NotOpen,

    /// <summary>It is being worked on; to be asked again.</summary>
    Busy,

    /// <summary>The merchant did not say how far the order is.</summary>
    NoAnswer,
}
