using EcuAgent.Qwen;

namespace EcuAgent.Service;

internal static class ModelOptionsExtensions
{
    /// <summary>The adapter's options for these settings.</summary>
    public static QwenOptions ToQwenOptions(this ModelOptions options) => new()
    {
        ModelDirectory = Path.GetFullPath(options.Directory, AppContext.BaseDirectory),
        GraphFile = options.GraphFile,
        ThreadCount = options.ThreadCount,
        ThreadAffinity = options.ThreadAffinity,
        AllowSpinning = options.AllowSpinning,
        Sessions = options.Sessions,
        ExecutionProvider = options.ExecutionProvider,
        DeviceId = options.DeviceId,
        FallBackToCpu = options.FallBackToCpu,
        MaxContext = options.MaxContext,
        MaxCacheBytes = options.MaxCacheBytes,
    };
}
