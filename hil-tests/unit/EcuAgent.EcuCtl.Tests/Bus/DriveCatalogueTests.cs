using EcuAgent.Drives;
using EcuAgent.ToolBus;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Bus;

public sealed class DriveCatalogueTests
{
    [Fact]
    public void Open_Nedc_IsThereWithoutDataAndLabelledAsGenerated()
    {
        var drive = DriveCatalogue.Open("nedc", dataFolder: null);
        Assert.Equal(DriveOrigin.Generated, drive.Origin);
        Assert.True(drive.Duration > TimeSpan.FromSeconds(1180));
    }

    [Theory]
    [InlineData("truck")]
    [InlineData("rav4")]
    public void Open_RecordingWithoutDataFolder_SaysHowToNameOne(string name)
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => DriveCatalogue.Open(name, dataFolder: null));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data DIR or set ECUAGENT_DATA", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truck")]
    [InlineData("rav4")]
    public void Open_DataFolderWithoutTheRecording_NamesBoth(string name)
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => DriveCatalogue.Open(name, "/nowhere/data"));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'/nowhere/data'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truck", false)]
    [InlineData("rav4", true)]
    public void Open_Recording_IsRead(string name, bool hasParkPosition)
    {
        var data = DriveCatalogue.FindDataFolder(null);
        Assert.SkipUnless(data is not null && Directory.Exists(Path.Combine(data, "drives")), "the recordings are not here (ECUAGENT_DATA)");
        var drive = DriveCatalogue.Open(name, data);
        Assert.Equal((name, DriveOrigin.Recorded, hasParkPosition), (drive.Name, drive.Origin, drive.HasParkPosition));
        Assert.NotEmpty(drive.Events);
    }
}
