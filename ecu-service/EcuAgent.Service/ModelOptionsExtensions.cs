using EcuAgent.Qwen;

namespace EcuAgent.Service;

internal static class ModelOptionsExtensions
{
    /// <summary>The adapter's options for these settings.</summary>
    public static QwenOptions ToQwenOptions(this ModelOptions options) => new()
    {
        ModelDirectory = Path.GetFullPath(options.Directory, AppContext.BaseDirectory),
        ThreadCount = options.ThreadCount,
        MaxContext = options.MaxContext,
    };
}
