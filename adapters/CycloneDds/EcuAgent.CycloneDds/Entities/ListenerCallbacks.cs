using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>
/// The functions that Cyclone calls. The argument is a <see cref="GCHandle"/> to the entity object, owned by its
/// <see cref="EntityHandle"/>; a callback only borrows it. No exception leaves a callback.
/// </summary>
internal static unsafe class ListenerCallbacks
{
    internal static nint MakeNone(nint argument) => 0;

    internal static nint MakeReader(nint argument)
    {
        var listener = MakeReaderStatus(argument);
        Interop.dds_lset_data_available(listener, &OnDataAvailable);
        return listener;
    }

    /// <summary>Without data available: a reader that is polled or waited for must not pay for a callback per sample.</summary>
    internal static nint MakeReaderStatus(nint argument)
    {
        var listener = Interop.dds_create_listener(argument);
        Interop.dds_lset_subscription_matched(listener, &OnMatched);
        Interop.dds_lset_requested_deadline_missed(listener, &OnDeadlineMissed);
        Interop.dds_lset_requested_incompatible_qos(listener, &OnIncompatibleQos);
        Interop.dds_lset_liveliness_changed(listener, &OnLivelinessChanged);
        Interop.dds_lset_sample_lost(listener, &OnSampleLost);
        Interop.dds_lset_sample_rejected(listener, &OnSampleRejected);
        return listener;
    }

    internal static nint MakeWriter(nint argument)
    {
        var listener = Interop.dds_create_listener(argument);
        Interop.dds_lset_publication_matched(listener, &OnMatched);
        Interop.dds_lset_offered_deadline_missed(listener, &OnDeadlineMissed);
        Interop.dds_lset_offered_incompatible_qos(listener, &OnIncompatibleQos);
        Interop.dds_lset_liveliness_lost(listener, &OnLivelinessLost);
        return listener;
    }

    internal static nint MakeDataOnly(nint argument)
    {
        var listener = Interop.dds_create_listener(argument);
        Interop.dds_lset_data_available(listener, &OnDataAvailable);
        return listener;
    }

    [UnmanagedCallersOnly]
    private static void OnDataAvailable(int entity, nint argument) =>
        Run(argument, 0, static (target, _) => ((IDataListener)target).OnDataAvailable());

    [UnmanagedCallersOnly]
    private static void OnMatched(int entity, Interop.dds_matched_status status, nint argument) => Run(
        argument,
        new DdsMatched(status.current_count, status.current_count_change, status.total_count, status.last_handle),
        static (target, value) => ((IStatusListener)target).OnMatched(value));

    [UnmanagedCallersOnly]
    private static void OnDeadlineMissed(int entity, Interop.dds_deadline_missed_status status, nint argument) => Run(
        argument,
        new DdsDeadlineMissed(status.total_count, status.total_count_change, status.last_instance_handle),
        static (target, value) => ((IStatusListener)target).OnDeadlineMissed(value));

    [UnmanagedCallersOnly]
    private static void OnIncompatibleQos(int entity, Interop.dds_incompatible_qos_status status, nint argument) => Run(
        argument,
        new DdsIncompatibleQos(DdsPolicyName.Of(status.last_policy_id), status.total_count, status.total_count_change),
        static (target, value) => ((IStatusListener)target).OnIncompatibleQos(value));

    [UnmanagedCallersOnly]
    private static void OnLivelinessLost(int entity, Interop.dds_count_status status, nint argument) => Run(
        argument,
        new DdsCount(status.total_count, status.total_count_change),
        static (target, value) => ((DdsWriter)target).OnLivelinessLost(value));

    [UnmanagedCallersOnly]
    private static void OnLivelinessChanged(int entity, Interop.dds_liveliness_changed_status status, nint argument) => Run(
        argument,
        new DdsLivelinessChanged(
            status.alive_count, status.not_alive_count, status.alive_count_change, status.not_alive_count_change, status.last_publication_handle),
        static (target, value) => ((DdsReader)target).OnLivelinessChanged(value));

    [UnmanagedCallersOnly]
    private static void OnSampleLost(int entity, Interop.dds_count_status status, nint argument) => Run(
        argument,
        new DdsCount(status.total_count, status.total_count_change),
        static (target, value) => ((DdsReader)target).OnSampleLost(value));

    [UnmanagedCallersOnly]
    private static void OnSampleRejected(int entity, Interop.dds_sample_rejected_status status, nint argument) => Run(
        argument,
        new DdsSampleRejected((DdsRejectedReason)status.last_reason, status.total_count, status.total_count_change, status.last_instance_handle),
        static (target, value) => ((DdsReader)target).OnSampleRejected(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TValue>(nint argument, TValue value, Action<object, TValue> action)
    {
        CallbackScope.Enter();
        try
        {
            if (GCHandle.FromIntPtr(argument).Target is { } target)
            {
                action(target, value);
            }
        }
        catch (Exception exception)
        {
            // Handlers are guarded one by one; what arrives here is a defect of the binding itself.
            (GCHandle.FromIntPtr(argument).Target as DdsEntity)?.OnCallbackFault(exception, "binding");
        }
        finally
        {
            CallbackScope.Leave();
        }
    }
}
