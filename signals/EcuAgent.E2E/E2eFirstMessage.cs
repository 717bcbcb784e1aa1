namespace EcuAgent.E2E;

/// <summary>How the first intact message is reported: there is nothing to compare its counter with.</summary>
public enum E2eFirstMessage
{
    /// <summary>As <see cref="E2eCheckStatus.Initial"/>: its data is not used. The stricter one.</summary>
    Initial = 0,

    /// <summary>As <see cref="E2eCheckStatus.Ok"/>.</summary>
    Ok = 1,
}
