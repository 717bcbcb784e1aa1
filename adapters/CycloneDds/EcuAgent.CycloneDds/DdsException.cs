using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>A call into Cyclone DDS failed. Names the operation, the thing it was done to, and the return code.</summary>
public sealed class DdsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The native function, for example <c>dds_create_reader</c>.</param>
    /// <param name="subject">What it was done to, for example a topic name.</param>
    /// <param name="returnCode">What Cyclone returned.</param>
    public DdsException(string operation, string subject, DdsReturnCode returnCode)
        : base(operation + " failed for " + subject + ": " + Describe(returnCode))
    {
        Operation = operation;
        Subject = subject;
        ReturnCode = returnCode;
    }

    /// <summary>The native function that failed.</summary>
    public string Operation { get; }

    /// <summary>What the operation was done to.</summary>
    public string Subject { get; }

    /// <summary>What Cyclone returned.</summary>
    public DdsReturnCode ReturnCode { get; }

    /// <summary>Returns a non-negative result unchanged, throws for a negative one.</summary>
    internal static int ThrowIfError(int result, string operation, string subject)
    {
        if (result < 0)
        {
            Throw(result, operation, subject);
        }

        return result;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void Throw(int result, string operation, string subject) =>
        throw new DdsException(operation, subject, (DdsReturnCode)result);

    private static unsafe string Describe(DdsReturnCode code)
    {
        var name = Enum.IsDefined(code) ? code.ToString() : "code " + (int)code;
        var text = Interop.dds_strretcode((int)code);
        return text is null ? name : name + " (" + Marshal.PtrToStringUTF8((nint)text) + ")";
    }
}
