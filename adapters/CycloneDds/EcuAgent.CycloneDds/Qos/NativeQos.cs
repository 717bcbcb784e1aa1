using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>A <c>dds_qos_t</c> built from a <see cref="DdsQos"/>. Cyclone copies it when an entity is made, so it lives for one call.</summary>
internal readonly unsafe ref struct NativeQos
{
    private NativeQos(nint pointer) => Pointer = pointer;

    /// <summary>Zero when there is nothing to set.</summary>
    internal nint Pointer { get; }

    /// <exception cref="ArgumentOutOfRangeException">A depth below 1 or a negative time.</exception>
    internal static NativeQos Create(DdsQos? qos)
    {
        if (qos is null)
        {
            return default;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(qos.HistoryDepth, 1, nameof(DdsQos.HistoryDepth));
        var blocking = Nanoseconds(qos.MaxBlockingTime, nameof(DdsQos.MaxBlockingTime));
        var deadline = Nanoseconds(qos.Deadline ?? default, nameof(DdsQos.Deadline));
        var lease = Nanoseconds(qos.LivelinessLease, nameof(DdsQos.LivelinessLease));
        var lifespan = Nanoseconds(qos.Lifespan ?? default, nameof(DdsQos.Lifespan));

        var native = new NativeQos(Interop.dds_create_qos());
        var pointer = native.Pointer;
        if (qos.Reliability is { } reliability)
        {
            Interop.dds_qset_reliability(pointer, (int)reliability, blocking);
        }

        if (qos.Durability is { } durability)
        {
            Interop.dds_qset_durability(pointer, (int)durability);
        }

        if (qos.History is { } history)
        {
            Interop.dds_qset_history(pointer, (int)history, qos.HistoryDepth);
        }

        if (qos.ResourceLimits is { } limits)
        {
            Interop.dds_qset_resource_limits(pointer, limits.MaxSamples, limits.MaxInstances, limits.MaxSamplesPerInstance);
        }

        if (qos.Durability == DdsDurability.TransientLocal)
        {
            // What a late reader gets is governed by DURABILITY_SERVICE (default keep-last 1), not by HISTORY.
            var kept = qos.ResourceLimits ?? new DdsResourceLimits(Interop.DDS_LENGTH_UNLIMITED, Interop.DDS_LENGTH_UNLIMITED, Interop.DDS_LENGTH_UNLIMITED);
            Interop.dds_qset_durability_service(
                pointer, 0, (int)(qos.History ?? DdsHistory.KeepLast), qos.HistoryDepth, kept.MaxSamples, kept.MaxInstances, kept.MaxSamplesPerInstance);
        }

        if (qos.Deadline is not null)
        {
            Interop.dds_qset_deadline(pointer, deadline);
        }

        if (qos.Liveliness is { } liveliness)
        {
            Interop.dds_qset_liveliness(pointer, (int)liveliness, lease);
        }

        if (qos.Lifespan is not null)
        {
            Interop.dds_qset_lifespan(pointer, lifespan);
        }

        if (qos.Ownership is { } ownership)
        {
            Interop.dds_qset_ownership(pointer, (int)ownership);
        }

        if (qos.OwnershipStrength is { } strength)
        {
            Interop.dds_qset_ownership_strength(pointer, strength);
        }

        if (qos.DestinationOrder is { } order)
        {
            Interop.dds_qset_destination_order(pointer, (int)order);
        }

        if (qos.AutoDisposeInstances is { } autoDispose)
        {
            Interop.dds_qset_writer_data_lifecycle(pointer, autoDispose ? (byte)1 : (byte)0);
        }

        SetPartitions(pointer, qos);
        return native;
    }

    /// <summary>Nanoseconds of a non-negative time span; DDS_INFINITY for <see cref="Timeout.InfiniteTimeSpan"/> and for what does not fit.</summary>
    internal static long Nanoseconds(TimeSpan value, string name)
    {
        if (value == Timeout.InfiniteTimeSpan)
        {
            return Interop.DDS_INFINITY;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        return value.Ticks > Interop.DDS_INFINITY / TimeSpan.NanosecondsPerTick
            ? Interop.DDS_INFINITY
            : value.Ticks * TimeSpan.NanosecondsPerTick;
    }

    internal void Dispose()
    {
        if (Pointer != 0)
        {
            Interop.dds_delete_qos(Pointer);
        }
    }

    private static void SetPartitions(nint pointer, DdsQos qos)
    {
        if (qos.Partitions.IsDefaultOrEmpty)
        {
            return;
        }

        var names = new nint[qos.Partitions.Length];
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = Marshal.StringToCoTaskMemUTF8(qos.Partitions[i]);
            }

            fixed (nint* first = names)
            {
                Interop.dds_qset_partition(pointer, (uint)names.Length, (byte**)first);
            }
        }
        finally
        {
            foreach (var name in names)
            {
                Marshal.FreeCoTaskMem(name);
            }
        }
    }
}
