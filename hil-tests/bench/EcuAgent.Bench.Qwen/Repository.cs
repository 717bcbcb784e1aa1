namespace EcuAgent.Bench.Qwen;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string BundledModel => Path.Combine(Root, "adapters/Qwen/model");

    public static string Catalogue => Path.Combine(Root, "ecu-service/EcuAgent.Core/Catalogue/catalogue.json");

    public static string PeerScript => Path.Combine(Root, "hil-tests/bench/llama-peer/peer.mjs");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "adapters", "Qwen")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
