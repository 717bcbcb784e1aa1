namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Folders of this repository and a temporary folder of one test.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ecuagent-qwen-").FullName;

    public static string Repository { get; } = FindRepository();

    public static string Catalogue => Path.Combine(Repository, "ecu-service", "EcuAgent.Core", "Catalogue", "catalogue.json");

    public static string BundledModel => Path.Combine(Repository, "adapters", "Qwen", "model");

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "adapters", "Qwen")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the repository's root is not above the tests");
        }

        return folder.FullName;
    }
}
