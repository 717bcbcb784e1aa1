using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EcuAgent.CycloneDds.Peer;

/// <summary>What the kernel knows about this process's sockets.</summary>
internal static unsafe partial class Sockets
{
    /// <summary>Address, port and device of every IPv4 UDP socket of this process.</summary>
    internal static IEnumerable<string> OwnUdp()
    {
        var inodes = new Dictionary<string, int>();
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (new FileInfo(entry).LinkTarget is { } target && target.StartsWith("socket:[", StringComparison.Ordinal))
            {
                inodes[target[8..^1]] = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            }
        }

        foreach (var line in File.ReadLines("/proc/self/net/udp").Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (inodes.TryGetValue(columns[9], out var fd))
            {
                var address = uint.Parse(columns[1].AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var port = int.Parse(columns[1].AsSpan(9), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                yield return $"{new System.Net.IPAddress(address)}:{port} tied to {DeviceOf(fd)}";
            }
        }
    }

    private static string DeviceOf(int fd)
    {
        Span<byte> name = stackalloc byte[16];
        uint length = 16;
        fixed (byte* first = name)
        {
            // SOL_SOCKET, SO_BINDTODEVICE.
            if (getsockopt(fd, 1, 25, first, &length) != 0)
            {
                throw new InvalidOperationException($"getsockopt failed with errno {Marshal.GetLastPInvokeError()}");
            }
        }

        return Encoding.ASCII.GetString(name[..(int)length]).TrimEnd('\0');
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int fd, int level, int name, byte* value, uint* length);
}
