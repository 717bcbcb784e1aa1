namespace EcuAgent.Core.Ports;

/// <summary>How to take up what another service left without a reply.</summary>
public enum UtteranceTakeOver
{
    /// <summary>No other service had it.</summary>
    None,

    /// <summary>Nothing was decided for it, as far as could be seen: carry it out, under the ids that the other one would have used.</summary>
    CarryOut,

    /// <summary>It may have been carried out: tell so, and do nothing.</summary>
    TellOnly,
}
