using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>Native imports of the C library: sys/socket.h.</summary>
internal static unsafe partial class LibcInterop
{
    internal const string Library = "libc";
    internal const ushort AF_INET = 2;
    internal const int SOL_SOCKET = 1;
    internal const int SO_BINDTODEVICE = 25;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int name, byte* value, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockname(int fd, sockaddr_in* address, uint* length);

    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_in
    {
        internal ushort sin_family;

        /// <summary>Network byte order.</summary>
        internal ushort sin_port;
        internal uint sin_addr;
        internal ulong sin_zero;
    }
}
