using System.Text;
using EcuAgent.IdlGen.Emit;

namespace EcuAgent.IdlGen;

/// <summary>The folder of generated files. Every <c>*.g.cs</c> in it is ours; one that is no longer generated goes.</summary>
internal sealed class OutputFolder(string path)
{
    private static readonly UTF8Encoding NoByteOrderMark = new(false);

    /// <summary>Names each file that is missing, different or left over; empty when the folder is up to date.</summary>
    public IReadOnlyList<string> Differences(IReadOnlyList<GeneratedFile> files)
    {
        var differences = new List<string>();
        foreach (var file in files)
        {
            var full = Full(file);
            if (!File.Exists(full))
            {
                differences.Add($"{full}: missing");
            }
            else if (File.ReadAllText(full).ReplaceLineEndings("\n") != file.Text)
            {
                differences.Add($"{full}: differs from what the IDL gives");
            }
        }

        differences.AddRange(LeftOver(files).Select(static x => $"{x}: no longer in the IDL"));
        return differences;
    }

    public void Write(IReadOnlyList<GeneratedFile> files)
    {
        foreach (var file in LeftOver(files).ToList())
        {
            File.Delete(file);
        }

        foreach (var file in files)
        {
            var full = Full(file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, file.Text, NoByteOrderMark);
        }
    }

    private string Full(GeneratedFile file) => Path.GetFullPath(Path.Combine(path, file.RelativePath));

    private IEnumerable<string> LeftOver(IReadOnlyList<GeneratedFile> files)
    {
        if (!Directory.Exists(path))
        {
            return [];
        }

        var wanted = files.Select(Full).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(path, "*.g.cs", SearchOption.AllDirectories).Select(Path.GetFullPath)
            .Where(x => !wanted.Contains(x)).Order(StringComparer.Ordinal);
    }
}
