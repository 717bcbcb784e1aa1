using EcuAgent.Qwen.Package;
using EcuAgent.QwenExport;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Random model packages for tests that need any model at all.</summary>
internal static class TinyModel
{
    public static string Export(TestFiles files, TinyCheckpoint checkpoint, int bits = 32, string style = "compact", int maxContext = 512)
    {
        var source = files.Folder($"checkpoint-{Guid.NewGuid():N}");
        checkpoint.Write(source);
        var target = files.Folder($"package-{Guid.NewGuid():N}");
        Exporter.Export(new ExportSettings(source, target, bits, style, TestFiles.Catalogue, "tiny", maxContext), static _ => { });
        return target;
    }

    /// <summary>Rewrites the manifest of a package, for instance after damaging a file on purpose.</summary>
    public static void EditManifest(string package, Func<ModelManifest, ModelManifest> edit)
    {
        var path = Path.Combine(package, "manifest.json");
        File.WriteAllBytes(path, edit(ModelManifest.Parse(File.ReadAllBytes(path))).ToUtf8());
    }
}
