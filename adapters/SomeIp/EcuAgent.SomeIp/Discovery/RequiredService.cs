using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A service that a local client wants, with its subscriptions.</summary>
internal sealed class RequiredService(SdTimings timings)
{
    internal required ushort ServiceId { get; init; }

    /// <summary><see cref="SdEntry.AnyInstance"/> for any.</summary>
    internal required ushort InstanceId { get; init; }

    internal required byte MajorVersion { get; init; }

    internal uint MinorVersion { get; init; } = SdEntry.AnyMinorVersion;

    internal PhaseMachine Find { get; } = new(timings, TimeSpan.Zero);

    internal List<ClientSubscription> Subscriptions { get; } = [];

    /// <summary>The instance in use; one at a time.</summary>
    internal RemoteService? Bound { get; set; }

    internal bool Matches(RemoteService service) =>
        service.ServiceId == ServiceId &&
        (InstanceId == SdEntry.AnyInstance || service.InstanceId == InstanceId) &&
        (MajorVersion == SdEntry.AnyMajorVersion || service.MajorVersion == MajorVersion) &&
        (MinorVersion == SdEntry.AnyMinorVersion || service.MinorVersion == MinorVersion);
}
