using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A service instance that is offered here.</summary>
internal sealed class OfferedService(SdTimings timings)
{
    internal required ushort ServiceId { get; init; }

    internal required ushort InstanceId { get; init; }

    internal required byte MajorVersion { get; init; }

    internal uint MinorVersion { get; init; }

    internal required IReadOnlyList<SdOption> Options { get; init; }

    internal Dictionary<ushort, OfferedEventgroup> Eventgroups { get; } = [];

    internal PhaseMachine Phases { get; } = new(timings, timings.CyclicOfferDelay);

    internal bool Matches(in SdEntry find) =>
        find.ServiceId == ServiceId &&
        (find.InstanceId == SdEntry.AnyInstance || find.InstanceId == InstanceId) &&
        (find.MajorVersion == SdEntry.AnyMajorVersion || find.MajorVersion == MajorVersion) &&
        (find.MinorVersion == SdEntry.AnyMinorVersion || find.MinorVersion == MinorVersion);
}
