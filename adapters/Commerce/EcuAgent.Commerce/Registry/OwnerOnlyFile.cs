using System.Text;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads files that hold a secret or personal data, and refuses those that others can open.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The text of the file, or null and what is wrong with it. What is wrong never holds the content.</summary>
    internal static (string? Text, string Problem) Read(string path, int mostBytes)
    {
        try
        {
            if (!File.Exists(path))
            {
                return (null, $"there is no file {path}");
            }

            // The mode is read from the open file: a path could lead elsewhere in between.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) is not 0 and var open)
            {
                return (null, $"{path} is open to others ({open}); allowed: chmod 600");
            }

            if (stream.Length > mostBytes)
            {
                return (null, $"{path} has {stream.Length} bytes; allowed: at most {mostBytes}");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return (reader.ReadToEnd(), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return (null, $"{path} cannot be read: {error.Message}");
        }
    }
}
