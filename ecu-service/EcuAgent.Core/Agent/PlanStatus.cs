namespace EcuAgent.Core.Agent;

/// <summary>How planning ended.</summary>
public enum PlanStatus
{
    /// <summary>At least one call was proposed.</summary>
    Planned,

    /// <summary>The model answered without any call.</summary>
    NoCalls,

    /// <summary>The model did not answer in time.</summary>
    TimedOut,

    /// <summary>The model failed.</summary>
    Failed,
}
