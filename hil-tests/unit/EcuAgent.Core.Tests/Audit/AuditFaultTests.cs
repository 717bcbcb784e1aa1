using EcuAgent.Core.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcuAgent.Core.Tests.Audit;

public sealed class AuditFaultTests : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly AuditFolder folder = new();
    private readonly FaultyStorage storage;

    public AuditFaultTests() => storage = new(folder.Path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Append_DiskFullAfterSomeBytes_IsCountedAndTheChainGoesOnWithAGapRecord(int room)
    {
        using (AuditLog log = folder.Open(storage))
        {
            Assert.True(log.Append(AuditFolder.Entry("u-1")));
            storage.RoomBytes = room;
            Assert.False(log.Append(AuditFolder.Entry("u-2")));
            Assert.False(log.Append(AuditFolder.Entry("u-3")));
            Assert.Equal([AuditLog.Unavailable, AuditLog.RecordsLost], log.DegradedReasons);
            storage.RoomBytes = null;
            folder.Time.Advance(Retry);
            Assert.True(log.Append(AuditFolder.Entry("u-4")));
            Assert.Equal([AuditLog.RecordsLost], log.DegradedReasons);
            Assert.Equal((2L, 4L), (log.LostCount, log.WrittenCount));
        }

        AuditVerification result = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.Equal((true, 4L), (result.Ok, result.Records));
        Assert.Contains("\"kind\":\"records_lost\",\"count\":2", File.ReadAllText(folder.File()), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_WhileTheDiskIsFull_IsTriedOncePerSecondOnly()
    {
        using AuditLog log = folder.Open(storage);
        storage.RoomBytes = 0;
        int before = storage.AppendAttempts;

        for (int i = 0; i < 100; i++)
        {
            log.Append(AuditFolder.Entry("u"));
        }

        Assert.Equal((before + 1, 100L), (storage.AppendAttempts, log.LostCount));
        folder.Time.Advance(Retry);
        log.Append(AuditFolder.Entry("u"));
        Assert.Equal(before + 2, storage.AppendAttempts);
    }

    [Fact]
    public void Append_HalfARecordThatCannotBeCutOff_IsABreakRecordedInANewFile()
    {
        using (AuditLog log = folder.Open(storage))
        {
            Assert.True(log.Append(AuditFolder.Entry("u-1")));
            (storage.RoomBytes, storage.TruncateFails) = (50, true);
            Assert.False(log.Append(AuditFolder.Entry("u-2")));
            (storage.RoomBytes, storage.TruncateFails) = (null, false);
            folder.Time.Advance(Retry);
            Assert.True(log.Append(AuditFolder.Entry("u-3")));
            Assert.Contains(AuditLog.ChainBroken, log.DegradedReasons);
        }

        string start = File.ReadLines(folder.File(2)).First();
        Assert.StartsWith("{\"seq\":1,", start, StringComparison.Ordinal);
        Assert.Contains(AuditRecordFormat.NoHash, start, StringComparison.Ordinal);
        Assert.Contains("broken_chain", start, StringComparison.Ordinal);
        Assert.True(AuditVerifier.Verify(folder.File(2)).Ok);
        Assert.False(AuditVerifier.Verify(folder.File(1)).Ok);
    }

    [Fact]
    public void Open_FolderNotToBeHad_CountsAndRecoversLater()
    {
        storage.AcquireFails = true;
        using (AuditLog log = folder.Open(storage))
        {
            Assert.Equal([AuditLog.Unavailable], log.DegradedReasons);
            Assert.False(log.Append(AuditFolder.Entry("u-1")));
            storage.AcquireFails = false;
            folder.Time.Advance(Retry);
            Assert.True(log.Append(AuditFolder.Entry("u-2")));
        }

        Assert.Equal((true, 3L), (AuditVerifier.Verify(folder.File()).Ok, AuditVerifier.Verify(folder.File()).Records));
    }

    [Fact]
    public void Append_NewFileCannotBeBegun_KeepsTheOldOneAndTriesAgain()
    {
        using (AuditLog log = folder.Open(storage, 64 * 1024))
        {
            while (new FileInfo(folder.File()).Length < 64 * 1024)
            {
                Assert.True(log.Append(AuditFolder.Entry("u")));
            }

            storage.OpenFails = true;
            Assert.False(log.Append(AuditFolder.Entry("u")));
            storage.OpenFails = false;
            storage.RoomBytes = 20;
            folder.Time.Advance(Retry);
            Assert.False(log.Append(AuditFolder.Entry("u")));
            storage.RoomBytes = null;
            folder.Time.Advance(Retry);
            Assert.True(log.Append(AuditFolder.Entry("u")));
        }

        AuditVerification result = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.True(result.Ok, $"{result.File} line {result.FirstBadLine}: {result.Problem}");
        Assert.True(result.TailConfirmed);
        using AuditLog again = folder.Open();
        Assert.Empty(again.DegradedReasons);
    }

    [Fact]
    public void Append_HeadNoteNotToBeWritten_KeepsTheRecordsAndSaysSo()
    {
        using (AuditLog log = folder.Open(storage))
        {
            storage.HeadFails = true;
            Assert.True(log.Append(AuditFolder.Entry("u-1")));
            Assert.Equal([AuditLog.HeadStale], log.DegradedReasons);
        }

        Assert.True(AuditVerifier.VerifyDirectory(folder.Path).Ok);
        using AuditLog again = folder.Open();
        Assert.Empty(again.DegradedReasons);
    }

    [Fact]
    public void Open_SecondTimeOnTheSameFolder_DoesNotWriteIntoTheFirstOnesChain()
    {
        using AuditLog first = folder.Open();
        using AuditLog second = folder.Open();

        Assert.Equal([AuditLog.Unavailable], second.DegradedReasons);
        Assert.False(second.Append(AuditFolder.Entry("u")));
        Assert.True(first.Append(AuditFolder.Entry("u")));
        Assert.True(AuditVerifier.Verify(folder.File()).Ok);
    }

    [Fact]
    public void Append_AfterDispose_IsCountedAndDoesNotThrow()
    {
        AuditLog log = folder.Open();
        log.Dispose();

        Assert.False(log.Append(AuditFolder.Entry("u")));
        Assert.Equal(1, log.LostCount);
    }

    [Theory]
    [InlineData("", 65536)]
    [InlineData("x", 65535)]
    [InlineData("x", 268435457)]
    public void Open_OptionsOutOfRange_AreRefused(string directory, long size) =>
        Assert.ThrowsAny<ArgumentException>(() => AuditLog.Open(
            new AuditOptions { Directory = directory, MaxFileBytes = size }, TimeProvider.System, NullLogger<AuditLog>.Instance));

    public void Dispose()
    {
        storage.Dispose();
        folder.Dispose();
    }
}
