namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("qwen-export-").FullName;

    public static string Catalogue
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, "ecu-service", "EcuAgent.Core", "Catalogue", "catalogue.json");
                if (File.Exists(path))
                {
                    return path;
                }
            }

            throw new FileNotFoundException("catalogue.json above the tests");
        }
    }

    public string At(string name) => Path.Combine(Root, name);

    public string Folder(string name) => Directory.CreateDirectory(At(name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
