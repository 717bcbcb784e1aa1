namespace EcuAgent.Qwen;

/// <summary>A model package cannot be used. <see cref="Path"/> names the file, the message the value found and the value expected.</summary>
public sealed class QwenModelException : Exception
{
    public QwenModelException(QwenModelError error, string path, string message, Exception? inner = null)
        : base($"{path}: {message}", inner)
    {
        Error = error;
        Path = path;
    }

    /// <summary>What kind of fault it is.</summary>
    public QwenModelError Error { get; }

    /// <summary>File or folder that is at fault.</summary>
    public string Path { get; }
}
