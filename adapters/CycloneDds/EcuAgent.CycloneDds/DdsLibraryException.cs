namespace EcuAgent.CycloneDds;

/// <summary>The native library is missing or not a supported version. The message is one line that says what to run.</summary>
public sealed class DdsLibraryException : Exception
{
    /// <summary>Creates the exception.</summary>
    public DdsLibraryException(string message)
        : base(message)
    {
    }
}
