namespace Rti.Dds.Core.Status;

/// <summary>A count that only grows.</summary>
public readonly record struct CumulativeCount(int Value);

/// <summary>Whether an instance has a writer.</summary>
public enum InstanceState
{
    Alive,
    NotAliveDisposed,
    NotAliveNoWriters,
}

/// <summary>What was refused.</summary>
public sealed record IncompatibleQosStatus;

/// <summary>A deadline.</summary>
public sealed record DeadlineMissedStatus;

/// <summary>Lost samples.</summary>
public readonly record struct SampleLostStatus(CumulativeCount TotalCount);

/// <summary>Refused samples.</summary>
public sealed record SampleRejectedStatus;
