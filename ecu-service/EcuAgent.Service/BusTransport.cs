namespace EcuAgent.Service;

/// <summary>On which buses the service speaks.</summary>
internal enum BusTransport
{
    /// <summary>DDS alone.</summary>
    Dds,

    /// <summary>SOME/IP alone.</summary>
    SomeIp,

    /// <summary>Both at once.</summary>
    Both,

    /// <summary>DDS alone, on RTI Connext in place of Cyclone; in a build with <c>-p:Connext=true</c> only.</summary>
    Connext,
}
