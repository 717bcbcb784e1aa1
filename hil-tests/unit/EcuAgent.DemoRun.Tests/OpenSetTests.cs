using Xunit;

namespace EcuAgent.DemoRun.Tests;

public sealed class OpenSetTests
{
    private static readonly Request Wanted = new(Trigger.Anytime, "") { OpenSetId = "b" };

    [Fact]
    public void Of_NoDataFolder_IsEmpty() => Assert.Empty(OpenSet.Read(null).Of(Wanted));

    [Fact]
    public void Of_KnownId_TakesTheText() => WithFile(
        """
        {"id": "a", "utterance": "one"}
        {"id": "b", "utterance": "two"}
        """,
        folder => Assert.Equal("two", Assert.Single(OpenSet.Read(folder).Of(Wanted)).Text));

    [Fact]
    public void Read_BrokenLine_NamesIt() => WithFile(
        """
        {"id": "a", "utterance": "one"}
        {"id": "b"}
        """,
        folder => Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => OpenSet.Read(folder)).Message, StringComparison.Ordinal));

    private static void WithFile(string content, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("ecuagent-demo-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "utterances-open.jsonl"), content);
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
