namespace EcuAgent.Eval.Tests;

/// <summary>Finds the files of our own sentences in the checkout.</summary>
internal static class GoldFolder
{
    private const string Folder = "hil-tests/gold";

    /// <summary>Path of a file there.</summary>
    public static string File(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, Folder)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException($"no {Folder} upward of the tests"), Folder, name);
    }
}
