namespace EcuAgent.QwenCloud;

/// <summary>The key for the endpoint, or why there is none. Its text form never shows the key.</summary>
public sealed class ApiKey
{
    private const int LongestKey = 512;
    private const int LargestFileBytes = 4096;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private ApiKey(string? secret, string source)
    {
        Secret = secret;
        Source = source;
    }

    /// <summary>Where it comes from, or what is wrong: fit for logs and for showing.</summary>
    public string Source { get; }

    /// <summary>Whether there is one.</summary>
    public bool IsPresent => Secret is not null;

    internal string? Secret { get; }

    /// <summary>Reads the key once: from the file where one is set, else from the environment.</summary>
    public static ApiKey Read(QwenCloudOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ApiKeyFile is { } file ? FromFile(file) : FromVariable(options.ApiKeyVariable);
    }

    /// <inheritdoc/>
    public override string ToString() => Source;

    private static ApiKey FromVariable(string name)
    {
        var text = Environment.GetEnvironmentVariable(name)?.Trim();
        return string.IsNullOrEmpty(text) ? new ApiKey(null, $"missing: environment variable {name} is not set")
            : IsUsable(text) ? new ApiKey(text, $"environment {name}")
            : new ApiKey(null, $"missing: environment variable {name} holds no key (allowed: up to {LongestKey} printable ASCII characters)");
    }

    private static ApiKey FromFile(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return new ApiKey(null, $"missing: there is no file {path}");
            }

            // The mode is read from the open file: a path could lead elsewhere in between.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) is not 0 and var open)
            {
                return new ApiKey(null, $"missing: {path} is open to others ({open}); allowed: chmod 600");
            }

            if (stream.Length > LargestFileBytes)
            {
                return new ApiKey(null, $"missing: {path} has {stream.Length} bytes; allowed: one line with the key");
            }

            using var reader = new StreamReader(stream);
            var text = reader.ReadToEnd().Trim();
            return IsUsable(text)
                ? new ApiKey(text, $"file {path}")
                : new ApiKey(null, $"missing: {path} holds no key (allowed: one line of up to {LongestKey} printable ASCII characters)");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ApiKey(null, $"missing: {path} cannot be read: {error.Message}");
        }
    }

    private static bool IsUsable(string text) => text.Length is > 0 and <= LongestKey && text.All(c => c is > ' ' and < '\x7f');
}
