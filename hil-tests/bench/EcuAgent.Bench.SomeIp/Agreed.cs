using System.Net;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Discovery;

namespace EcuAgent.Bench.SomeIp;

/// <summary>What both sides agree on.</summary>
internal static class Agreed
{
    internal const ushort Service = 0x1234;
    internal const ushort Echo = 1;
    internal const ushort FloodEvents = 2;
    internal const ushort FloodBare = 3;
    internal const ushort Event = 0x8001;
    internal const ushort Group = 1;

    /// <summary>Payload of a message, bytes.</summary>
    internal const int PayloadBytes = 80;

    /// <summary>A datagram: header and payload.</summary>
    internal const int DatagramBytes = 96;

    internal static IPAddress Here { get; } = IPAddress.Parse("127.0.2.1");

    internal static IPAddress There { get; } = IPAddress.Parse("127.0.2.2");

    /// <summary>The other side's bare echo listens beside its service discovery.</summary>
    internal static IPEndPoint BareEcho(int sdPort) => new(There, sdPort + 1);

    /// <summary>No offer falls into the measurements, and the receive buffer is the same as that of the bare socket.</summary>
    internal static SomeIpNodeOptions Options(IPAddress address, int sdPort) => new()
    {
        LocalAddress = address,
        SdPort = sdPort,
        Timings = new SdTimings { CyclicOfferDelay = TimeSpan.FromMinutes(5), OfferTtl = 1000, SubscribeTtl = 1000 },
    };
}
