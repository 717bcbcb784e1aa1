using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Journal.Tests;

/// <summary>The lock file of a journal's folder.</summary>
public sealed class LockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-lock-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Lock_IsOneSidesUntilItLetsGo()
    {
        using var first = new JournalLock(_folder.FullName);
        using var second = new JournalLock(_folder.FullName);

        Assert.True(first.TryTake());
        Assert.True(first.TryTake());
        Assert.False(second.TryTake());
        second.Release();
        Assert.False(second.TryTake());

        first.Release();
        Assert.True(second.TryTake());
        Assert.False(first.TryTake());
    }

    [Fact]
    public void Lock_InAFolderThatIsNotThere_IsAFaultAndNotAnotherService()
    {
        var folder = Path.Combine(_folder.FullName, "none");
        using var one = new JournalLock(folder);

        var error = Assert.Throws<JournalException>(() => one.TryTake());

        Assert.Contains(Path.Combine(folder, "purchases.lock"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_IsItsOwnersAlone_AndNamesTheProcess()
    {
        var path = Path.Combine(_folder.FullName, "purchases.lock");
        using (var one = new JournalLock(_folder.FullName))
        {
            Assert.True(one.TryTake());
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(path));
    }
}
