namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class ApiKeyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-key-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_FileOfTheOwnerAlone_IsTakenAndNeverShown()
    {
        var key = ApiKey.Read(new QwenCloudOptions { ApiKeyFile = Make("sk-secret\n", OwnerOnly), ApiKeyVariable = TestKey.SetVariable });

        Assert.Equal("sk-secret", key.Secret);
        Assert.DoesNotContain("sk-secret", key.ToString() + key.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Read_FileOpenToOthers_IsRefused(UnixFileMode others)
    {
        var key = ApiKey.Read(new QwenCloudOptions { ApiKeyFile = Make("sk-secret", OwnerOnly | others) });

        Assert.False(key.IsPresent);
        Assert.Contains("open to others", key.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two lines\nof text")]
    [InlineData("sk-schlüssel")]
    public void Read_FileWithoutAKey_IsRefusedAndNotShown(string content)
    {
        var key = ApiKey.Read(new QwenCloudOptions { ApiKeyFile = Make(content, OwnerOnly) });

        Assert.False(key.IsPresent);
        Assert.Contains("holds no key", key.Source, StringComparison.Ordinal);
        Assert.True(content.Length == 0 || !key.Source.Contains(content, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NoFileNoVariableHugeFile_IsMissing()
    {
        Assert.False(ApiKey.Read(new QwenCloudOptions { ApiKeyFile = Path.Combine(_folder.FullName, "none") }).IsPresent);
        Assert.False(ApiKey.Read(new QwenCloudOptions { ApiKeyFile = Make(new string('x', 5000), OwnerOnly) }).IsPresent);
        Assert.False(ApiKey.Read(new QwenCloudOptions { ApiKeyVariable = "ECUAGENT_NOT_SET" }).IsPresent);
        Assert.False(ApiKey.Read(new QwenCloudOptions { ApiKeyFile = _folder.FullName }).IsPresent);
    }

    [Fact]
    public void Read_Variable_IsTaken() =>
        Assert.Equal(TestKey.Secret, ApiKey.Read(new QwenCloudOptions { ApiKeyVariable = TestKey.SetVariable }).Secret);

    private string Make(string content, UnixFileMode mode)
    {
        var path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
