using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>A network interface whose other end is this process: every Ethernet frame that is sent on it is read here, and the reverse.</summary>
internal sealed partial class TapDevice : IDisposable
{
    public const int LongestFrame = 65536;

    private const int OpenReadWriteNonBlocking = 0x2 | 0x800;

    // linux/if_tun.h: _IOW('T', 202, int); IFF_TAP | IFF_NO_PI.
    private const ulong SetInterface = 0x400454CA;
    private const short TapWithoutPacketInformation = 0x0002 | 0x1000;
    private const int InterfaceNameBytes = 16;
    private const int InterfaceRequestBytes = 40;

    /// <param name="name">Name of the interface, which is made; at most 15 ASCII characters.</param>
    /// <exception cref="Win32Exception">It cannot be made.</exception>
    public TapDevice(string name)
    {
        Name = name;
        Descriptor = Open("/dev/net/tun", OpenReadWriteNonBlocking);
        Span<byte> request = stackalloc byte[InterfaceRequestBytes];
        request.Clear();
        Encoding.ASCII.GetBytes(name, request[..(InterfaceNameBytes - 1)]);
        MemoryMarshal.Write(request[InterfaceNameBytes..], TapWithoutPacketInformation);
        if (Descriptor < 0 || Control(Descriptor, SetInterface, ref MemoryMarshal.GetReference(request)) < 0)
        {
            var error = new Win32Exception(Marshal.GetLastPInvokeError());
            Dispose();
            throw error;
        }
    }

    public string Name { get; }

    public int Descriptor { get; private set; }

    /// <summary>Takes the next frame; 0 where there is none now.</summary>
    public int Read(Span<byte> frame) => (int)Math.Max(0, Read(Descriptor, ref MemoryMarshal.GetReference(frame), (nuint)frame.Length));

    /// <summary>Hands a frame to the host of the interface; one that is down takes none, as a cable without a machine.</summary>
    public void Write(ReadOnlySpan<byte> frame) => _ = Write(Descriptor, ref MemoryMarshal.GetReference(frame), (nuint)frame.Length);

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = Close(Descriptor);
            Descriptor = -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, ulong request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int descriptor, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
