using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace EcuAgent.Bench.MemoryProbe;

/// <summary>Tells how much memory the process that it was put into has in use, to whoever connects.</summary>
internal static partial class Probe
{
    /// <summary>Environment variable with the path of the Unix socket on which readings are served.</summary>
    internal const string SocketVariable = "ECUAGENT_MEMORY_PROBE";

    internal static void Start(string socket)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen();
        new Thread(() => Serve(listener)) { IsBackground = true, Name = "memory probe" }.Start();
    }

    private static void Serve(Socket listener)
    {
        while (true)
        {
            using var peer = listener.Accept();
            peer.Send(Encoding.ASCII.GetBytes(Measure()));
        }
    }

    /// <summary>Three numbers of bytes: alive on the managed heap after a full collection, given out by malloc, and held by malloc in all.</summary>
    private static string Measure()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var native = GetMallocInfo();
        return string.Create(CultureInfo.InvariantCulture, $"{managed} {native.InUse + native.Mapped} {native.Arena + native.Mapped}\n");
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocInfo GetMallocInfo();

    /// <summary><c>struct mallinfo2</c> of glibc; sums over all arenas.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena;
        private readonly nuint _freeBlocks;
        private readonly nuint _fastBlocks;
        private readonly nuint _mappedBlocks;
        public readonly nuint Mapped;
        private readonly nuint _unused;
        private readonly nuint _fastBytes;
        public readonly nuint InUse;
        private readonly nuint _free;
        private readonly nuint _releasable;
    }
}
