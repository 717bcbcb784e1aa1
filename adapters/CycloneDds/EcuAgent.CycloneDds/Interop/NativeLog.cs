using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.CycloneDds;

/// <summary>Takes Cyclone's own log lines off stderr: counts them and hands them to the logger.</summary>
/// <remarks>
/// The count matters: 0.10 drops a sample that does not fit its type (truncated, enum out of range) with a log line as
/// the only sign. Cyclone writes the line in pieces only for traces; for warnings and errors one call is one line.
/// </remarks>
internal static unsafe class NativeLog
{
    private static long s_warnings;
    private static long s_malformed;

    [ThreadStatic]
    private static string? t_lastLine;

    internal static ILogger Logger { get; set; } = NullLogger.Instance;

    internal static long Warnings => Interlocked.Read(ref s_warnings);

    internal static long Malformed => Interlocked.Read(ref s_malformed);

    /// <summary>Forgets the last line of this thread.</summary>
    internal static void ClearLastLine() => t_lastLine = null;

    /// <summary>" (line)" for the last line that Cyclone logged on this thread, empty when there is none.</summary>
    internal static string LastLineInBrackets() => t_lastLine is null ? string.Empty : " (" + t_lastLine + ")";

    internal static void Install(nint library)
    {
        // Called while the library is being resolved: an import would ask the resolver again.
        var setSink = (delegate* unmanaged<delegate* unmanaged<nint, Interop.dds_log_data*, void>, nint, void>)
            NativeLibrary.GetExport(library, nameof(Interop.dds_set_log_sink));
        setSink(&OnLine, 0);
    }

    [UnmanagedCallersOnly]
    private static void OnLine(nint userData, Interop.dds_log_data* data)
    {
        try
        {
            var message = data->message is null
                ? string.Empty
                : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(data->message)).TrimEnd();
            t_lastLine = message;
            Interlocked.Increment(ref s_warnings);
            if (message.Contains("malformed", StringComparison.OrdinalIgnoreCase) || message.Contains("deserialization", StringComparison.OrdinalIgnoreCase))
            {
                Interlocked.Increment(ref s_malformed);
            }

            if ((data->priority & (Interop.DDS_LC_FATAL | Interop.DDS_LC_ERROR)) != 0)
            {
                Log.NativeError(Logger, message);
            }
            else if ((data->priority & Interop.DDS_LC_WARNING) != 0)
            {
                Log.NativeWarning(Logger, message);
            }
            else
            {
                Log.NativeInformation(Logger, message);
            }
        }
        catch (Exception)
        {
            // A logger that throws must not unwind into C. The line is already counted.
        }
    }
}
