namespace EcuAgent.E2E;

/// <summary>Questions to a status.</summary>
public static class E2eCheckStatusExtensions
{
    /// <summary>True when the data of the message may be used.</summary>
    public static bool IsOk(this E2eCheckStatus status) => status is E2eCheckStatus.Ok or E2eCheckStatus.OkSomeLost;

    /// <summary>True when the message is damaged or not the one expected; undefined numbers count as damage.</summary>
    public static bool IsError(this E2eCheckStatus status) => status is not (>= E2eCheckStatus.NoNewData and < E2eCheckStatus.CrcError);
}
