namespace EcuAgent.CycloneDds.Tests;

public sealed class LibraryTests : IDisposable
{
    private static readonly string[] s_exportsOf010 = ["dds_create_topic_descriptor", "dds_get_typeinfo", "dds_lset_data_available_arg"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-dds-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadedPath_OnThisMachine_IsSupported() => Assert.Contains("libddsc", DdsLibrary.LoadedPath);

    [Fact]
    public void Candidates_ExplicitPath_IsTheOnlyOne() =>
        Assert.Equal(["/somewhere/libddsc.so"], NativeLibraryLoader.Candidates("/somewhere/libddsc.so", "/"));

    [Fact]
    public void Candidates_NativeFolderAbove_ComesBeforeTheSystem()
    {
        var local = _folder.CreateSubdirectory(".native").CreateSubdirectory("lib");
        var program = _folder.CreateSubdirectory("a").CreateSubdirectory("b");
        Assert.Equal(
            [Path.Combine(local.FullName, "libddsc.so.0debian"), Path.Combine(local.FullName, "libddsc.so.0"), Path.Combine(local.FullName, "libddsc.so"),
                "libddsc.so.0debian", "libddsc.so.0", "libddsc.so"],
            NativeLibraryLoader.Candidates(null, program.FullName));
    }

    [Theory]
    [InlineData("/usr/lib/libddsc.so.0.10.2")]
    [InlineData("/usr/lib/libddsc.so.0.10.5")]
    [InlineData("/opt/renamed.so")]
    public void Version_ExportsOf010_IsAccepted(string path) => Assert.Null(LibraryVersion.Judge(s_exportsOf010.Contains, path));

    [Theory]
    [InlineData("/usr/lib/libddsc.so.0.9.1")]
    [InlineData("/usr/lib/libddsc.so.11.0.1")]
    public void Version_OtherNumberInFileName_IsRefusedInOneLine(string path)
    {
        var verdict = LibraryVersion.Judge(s_exportsOf010.Contains, path);
        Assert.Contains("supported is 0.10.x", verdict);
        Assert.DoesNotContain('\n', verdict!);
    }

    [Fact]
    public void Version_ExportMissingOrTooNew_IsRefused()
    {
        Assert.Contains("older", LibraryVersion.Judge(name => name != "dds_get_typeinfo", "x"));
        Assert.Contains("newer", LibraryVersion.Judge(name => s_exportsOf010.Contains(name) || name == "dds_request_loan", "x"));
    }

    [Fact]
    public async Task ExplicitPath_Wrong_ProgramFailsWithOneClearLine()
    {
        var (code, _, errors) = await ChildProgram.RunAsync(
            "EcuAgent.CycloneDds.Example.dll", ["0"], (NativeLibraryLoader.PathVariable, "/nowhere/libddsc.so"));
        Assert.NotEqual(0, code);
        Assert.Contains("EcuAgent.CycloneDds.DdsLibraryException: ECUAGENT_LIBDDSC=/nowhere/libddsc.so could not be loaded as libddsc", errors);
        Assert.Contains("tools/native/setup", errors);
    }
}
