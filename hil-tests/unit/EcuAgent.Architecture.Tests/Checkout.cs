using System.Xml.Linq;

namespace EcuAgent.Architecture.Tests;

/// <summary>The checkout that this test was built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all project files, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal) && !p.StartsWith('.'))
            .Order(StringComparer.Ordinal)];

    /// <summary>The projects that a project refers to, relative to the root.</summary>
    public static IReadOnlyList<string> References(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, project))!;
        return [.. XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(e => Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(folder, e.Attribute("Include")!.Value.Replace('\\', '/')))))];
    }

    public static XDocument Load(string project) => XDocument.Load(Path.Combine(Root, project));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EcuAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No EcuAgent.sln above {AppContext.BaseDirectory}.");
    }
}
