using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.QwenCloud.Tests.Privacy;

public sealed class SentRecordTests : IDisposable
{
    private static readonly SentFields Fields = new() { Utterance = "找一个\"安静\"的地方", Language = "zh", Driving = "parked", Area = new AreaCell(48.1, 48.15, 11.5, 11.6) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-record-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    private string Folder => Path.Combine(_folder.FullName, "cloud");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Record_SentAndClosed_ReadsBackAsItWas()
    {
        var record = new SentRecord(Folder, 4096, _time);
        var number = record.Open("https://a.example", "clarify", Fields);
        record.Close(number, "answered", TimeSpan.FromMilliseconds(812));

        var (entries, unreadable) = SentRecordReader.Read(Folder);

        Assert.Equal([new SentEntry(1, _time.GetUtcNow(), "https://a.example", "clarify", Fields, "answered", 812)], entries);
        Assert.Equal(0, unreadable);
    }

    [Fact]
    public void Record_WithoutOutcome_IsThereAllTheSameAndNumbersGoOn()
    {
        new SentRecord(Folder, 4096, _time).Open("https://a.example", "clarify", Fields);

        var number = new SentRecord(Folder, 4096, _time).Open("https://a.example", "invalid", Fields);

        Assert.Equal(2, number);
        Assert.Equal([null, null], SentRecordReader.Read(Folder).Entries.Select(e => e.Outcome));
    }

    [Fact]
    public void Record_ManyRequests_StaysWithinItsBoundAndKeepsTheNewest()
    {
        var record = new SentRecord(Folder, 4096, _time);
        for (var i = 1; i <= 200; i++)
        {
            record.Close(record.Open("https://a.example", "clarify", Fields), "answered", TimeSpan.Zero);
        }

        var (entries, unreadable) = SentRecordReader.Read(Folder);

        Assert.All(Directory.GetFiles(Folder), file => Assert.InRange(new FileInfo(file).Length, 1, 4096));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        Assert.Equal(200, entries[^1].Number);
        Assert.Equal("answered", entries[^1].Outcome);
        Assert.InRange(entries.Count, 10, 100);
        Assert.Equal(0, unreadable);
    }

    [Fact]
    public void Record_LineCutByAPowerLoss_CostsThatLineOnly()
    {
        var record = new SentRecord(Folder, 4096, _time);
        record.Open("https://a.example", "clarify", Fields);
        record.Open("https://a.example", "clarify", Fields);
        var path = Path.Combine(Folder, "sent.jsonl");
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(file.Length - 9);
        }

        new SentRecord(Folder, 4096, _time).Open("https://a.example", "no_call", Fields);

        var (entries, unreadable) = SentRecordReader.Read(Folder);
        Assert.Equal(["clarify", "no_call"], entries.Select(e => e.Why));
        Assert.Equal(1, unreadable);
    }

    [Fact]
    public void Files_AreTheOwnersAlone()
    {
        new SentRecord(Folder, 4096, _time).Open("https://a.example", "clarify", Fields);
        new StandingConsent { Given = true, Endpoint = "https://a.example", FieldsVersion = 1, Time = default }.Write(Folder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.All(Directory.GetFiles(Folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Consent_ThatOthersCouldHaveWritten_IsNoConsent(bool folder)
    {
        new StandingConsent { Given = true, Endpoint = "https://a.example", FieldsVersion = 1, Time = default }.Write(Folder);
        Assert.NotNull(StandingConsent.Read(Folder));
        var path = folder ? Folder : Path.Combine(Folder, "consent.json");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);

        Assert.Null(StandingConsent.Read(Folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("{\"given\":true}")]
    [InlineData("{\"given\":true,\"endpoint\":\"https://a.example\",\"fieldsVersion\":1,\"time\":\"2026-03-04T05:06:07Z\",\"more\":1}")]
    [InlineData("null")]
    public void Consent_FileThatIsNotOne_IsNoConsent(string content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "consent.json"), content);

        Assert.Null(StandingConsent.Read(Folder));
    }

    [Fact]
    public void ToJson_OnlyTheNamedMembers() =>
        Assert.Equal(
            """{"utterance":"找一个\"安静\"的地方","language":"zh","driving":"parked","area":{"south":48.1,"north":48.15,"west":11.5,"east":11.6}}""",
            Fields.ToJson());
}
