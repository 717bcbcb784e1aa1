namespace EcuAgent.DemoRun;

/// <summary>First column of the time line.</summary>
internal enum EventKind
{
    /// <summary>What the demo does itself.</summary>
    Demo,

    /// <summary>A signal of the car changed.</summary>
    Signal,

    /// <summary>The service's driving state changed.</summary>
    State,

    /// <summary>An occupant speaks.</summary>
    Says,

    /// <summary>The gate or the agent decided.</summary>
    Decision,

    /// <summary>A command to an ECU.</summary>
    Command,

    /// <summary>What the ECU reports about a command.</summary>
    Outcome,

    /// <summary>The assistant speaks.</summary>
    Reply,

    /// <summary>A purchase changed its state.</summary>
    Order,

    /// <summary>A promise of the demo was not kept.</summary>
    Broken,
}
