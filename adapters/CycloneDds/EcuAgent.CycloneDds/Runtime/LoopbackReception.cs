using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds;

/// <summary>
/// Keeps a loopback domain from hearing other interfaces. Cyclone binds the socket it sends with to the chosen interface,
/// but its receiving sockets to 0.0.0.0 (upstream issue 2090), so any host that reaches the machine could send it samples.
/// </summary>
/// <remarks>
/// The receiving sockets are tied to the device with SO_BINDTODEVICE, which needs no privilege from Linux 5.7 on. Only for
/// loopback: on another interface this would also cut off processes of the same machine, whose packets come over loopback.
/// </remarks>
internal static unsafe class LoopbackReception
{
    private const string Device = "lo";

    internal static void Restrict(DdsParticipantOptions options, ILogger logger)
    {
        if (options.NetworkInterface != Device || !Directory.Exists("/proc/self/fd"))
        {
            return;
        }

        // RTPS port formula with Cyclone's defaults: base 7400, domain gain 250, participant gain 2, offsets 10 and 11.
        var firstPort = 7400 + (250 * (int)options.DomainId) + 10;
        var lastPort = firstPort + 1 + (2 * options.MaxParticipantIndex);
        fixed (byte* device = Encoding.ASCII.GetBytes(Device + "\0"))
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
            {
                if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var fd) && AnyPort(fd) is { } port &&
                    port >= firstPort && port <= lastPort &&
                    LibcInterop.setsockopt(fd, LibcInterop.SOL_SOCKET, LibcInterop.SO_BINDTODEVICE, device, (uint)Device.Length + 1) != 0)
                {
                    Log.ReceptionNotRestricted(logger, port, Marshal.GetLastPInvokeError());
                }
            }
        }
    }

    /// <summary>The port of an IPv4 socket that is bound to 0.0.0.0; null for everything else.</summary>
    private static int? AnyPort(int fd)
    {
        LibcInterop.sockaddr_in address = default;
        var length = (uint)sizeof(LibcInterop.sockaddr_in);
        return LibcInterop.getsockname(fd, &address, &length) == 0 && address.sin_family == LibcInterop.AF_INET && address.sin_addr == 0
            ? BinaryPrimitives.ReverseEndianness(address.sin_port)
            : null;
    }
}
