namespace EcuAgent.CycloneDds;

/// <summary>Why a wait ended.</summary>
public enum DdsWaitOutcome
{
    /// <summary>At least one attached reader has samples that were not read yet.</summary>
    Ready,

    /// <summary>The time passed.</summary>
    TimedOut,

    /// <summary><see cref="DdsWaitSet.Wake"/> was called.</summary>
    Woken,

    /// <summary>The wait set is disposed; do not wait again.</summary>
    Disposed,
}
