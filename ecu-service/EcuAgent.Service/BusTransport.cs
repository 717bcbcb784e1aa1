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
}
