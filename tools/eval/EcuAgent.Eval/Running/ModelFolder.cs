namespace EcuAgent.Eval.Running;

/// <summary>Where the bundled model package lies.</summary>
internal static class ModelFolder
{
    /// <summary>Folder of the bundled package, relative to the checkout.</summary>
    public const string Bundled = "adapters/Qwen/model";

    /// <summary>The first folder upward of one of the starts that holds the bundled package, or null.</summary>
    public static string? Find(params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, Bundled);
                if (File.Exists(Path.Combine(candidate, "manifest.json")))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
