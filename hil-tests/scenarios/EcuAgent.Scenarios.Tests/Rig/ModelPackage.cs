namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The model that the scenarios talk to.</summary>
internal static class ModelPackage
{
    /// <summary>A folder where no package is: the service runs without a model.</summary>
    public const string None = "no-model-here";

    /// <summary>The package, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Skips the running test where no package is at hand.</summary>
    public static string Require()
    {
        Assert.SkipWhen(Folder is null, "no model package: neither ECUAGENT_MODEL nor adapters/Qwen/model holds one");
        return Folder!;
    }

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("ECUAGENT_MODEL");
        var folder = string.IsNullOrEmpty(given) ? Path.Combine(Checkout.Root, "adapters", "Qwen", "model") : given;
        return File.Exists(Path.Combine(folder, "manifest.json")) ? folder : null;
    }
}
