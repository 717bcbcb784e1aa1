using EcuAgent.Conformance.Tests.Rig;

namespace EcuAgent.Conformance.Tests;

/// <summary>One after the other: some of what is checked is the memory of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAfterTheOther
{
    public const string Name = nameof(OneAfterTheOther);
}

/// <summary>Cyclone DDS.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class DdsConformance : BusConformance<DdsRig>;

/// <summary>SOME/IP.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SomeIpConformance : BusConformance<SomeIpRig>;

/// <summary>Both buses at once, the ECUs on DDS.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class BothWithCarOnDdsConformance : BusConformance<BothDdsRig>;

/// <summary>Both buses at once, the ECUs on SOME/IP.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class BothWithCarOnSomeIpConformance : BusConformance<BothSomeIpRig>;

/// <summary>The gateway, with the service on DDS and the ECUs on SOME/IP.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class GatewayToSomeIpConformance : BusConformance<GatewayToSomeIpRig>;

/// <summary>The gateway, with the service on SOME/IP and the ECUs on DDS.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class GatewayToDdsConformance : BusConformance<GatewayToDdsRig>;
