namespace EcuAgent.Bench.Service;

/// <summary>The checkout that the bench was built in.</summary>
internal static class Repository
{
    /// <summary>A program that was built there.</summary>
    /// <exception cref="InvalidOperationException">It is missing.</exception>
    internal static string Find(string program)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine(folder?.FullName ?? throw new InvalidOperationException($"no checkout around {AppContext.BaseDirectory}"), program);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: build it with -c Release");
    }
}
