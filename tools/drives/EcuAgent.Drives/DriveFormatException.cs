namespace EcuAgent.Drives;

/// <summary>A drive file cannot be read: names the file, the place in it, and the value that was refused.</summary>
public sealed class DriveFormatException : Exception
{
    /// <summary>Creates the error for one place of one file.</summary>
    public DriveFormatException(string file, string place, string problem, Exception? inner = null)
        : base($"{file}, {place}: {problem}", inner)
    {
        File = file;
        Place = place;
    }

    /// <summary>Path as the caller gave it.</summary>
    public string File { get; }

    /// <summary>"line 12", "header", or the name of an array.</summary>
    public string Place { get; }
}
