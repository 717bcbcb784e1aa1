using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Audit;

public sealed class AuditChainTests : IDisposable
{
    private readonly AuditFolder folder = new();

    [Fact]
    public void Append_Entries_GiveOneVerifiableLineEach()
    {
        folder.Filled(3);

        AuditVerification result = AuditVerifier.Verify(folder.File());

        Assert.Equal((true, 4L, true), (result.Ok, result.Records, result.TailConfirmed));
        string[] lines = File.ReadAllLines(folder.File());
        Assert.Equal(["chain_started", "decision", "decision", "decision"], lines.Select(line => Member(line, "kind")));
        Assert.Equal(["u-0", "u-1", "u-2"], lines.Skip(1).Select(line => Member(line, "utterance")));
        Assert.Equal(lines.SkipLast(1).Select(line => Member(line, "hash")), lines.Skip(1).Select(line => Member(line, "prev")));
        Assert.All(lines, line => Assert.StartsWith("2026-01-02T03:04:05", Member(line, "time"), StringComparison.Ordinal));
    }

    [Fact]
    public void Append_FullEntry_WritesEveryMemberAndNoSpeech()
    {
        using (AuditLog log = folder.Open())
        {
            log.Append(new AuditEntry
            {
                Kind = AuditKind.CommitCheck,
                UtteranceId = "take me home please",
                DecisionId = "d-1",
                CommandId = "c-1",
                QuestionId = "q-1",
                DeferralId = "f-1",
                Tool = "pay",
                ActionClass = ActionClass.Commit,
                Decision = GateDecisionKind.Confirm,
                Reason = "confirmation_needed",
                State = DrivingState.Parked,
                Profile = "strict",
                Zone = SpeakerZone.RearLeft,
                Channel = InputChannel.Voice,
                AsrConfidence = 0.5,
                UtteranceText = "order beef noodles",
                Terms = "1200 EUR golden dragon",
            });
            log.Append(new AuditEntry { Kind = AuditKind.ServiceStopped, AsrConfidence = double.NaN });
        }

        string text = File.ReadAllText(folder.File());
        string line = text.Split('\n')[1];

        Assert.Equal("commit_check", Member(line, "kind"));
        Assert.StartsWith("digest:", Member(line, "utterance"), StringComparison.Ordinal);
        Assert.Equal("Commit", Member(line, "class"));
        Assert.Equal("Confirm", Member(line, "verdict"));
        Assert.Equal("Parked", Member(line, "state"));
        Assert.Equal("RearLeft", Member(line, "zone"));
        Assert.Equal(32, Member(line, "utteranceDigest").Length);
        Assert.Equal(32, Member(line, "termsDigest").Length);
        Assert.All(["noodles", "dragon", "1200", "home"], word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        Assert.True(AuditVerifier.Verify(folder.File()).Ok);
    }

    [Fact]
    public void Digest_SameKeyFile_IsSameAcrossStartsAndOtherWithoutIt()
    {
        string? first = DigestOnce();
        string? again = DigestOnce();
        File.Delete(Path.Combine(folder.Path, "audit.key"));
        string? withoutKey = DigestOnce();

        Assert.Equal(first, again);
        Assert.NotEqual(first, withoutKey);

        string? DigestOnce()
        {
            using AuditLog log = folder.Open();
            return log.Digest("navigate home");
        }
    }

    [Fact]
    public void Open_Again_ContinuesTheChain()
    {
        folder.Filled(2);
        folder.Filled(2);

        AuditVerification result = AuditVerifier.VerifyDirectory(folder.Path);

        Assert.Equal((true, 5L, true), (result.Ok, result.Records, result.TailConfirmed));
        Assert.Single(Directory.GetFiles(folder.Path, "audit-*.jsonl"));
    }

    [Fact]
    public void Verify_AnyByteOfAnyRecordChanged_IsFoundInItsLine()
    {
        folder.Filled(3);
        byte[] good = File.ReadAllBytes(folder.File());
        int line = 1;
        for (int i = 0; i < good.Length; i++)
        {
            foreach (byte flip in (byte[])[0x01, 0x80])
            {
                byte[] bad = [.. good];
                bad[i] ^= flip;
                AuditFileCheck check = AuditFileCheck.Run(new MemoryStream(bad), null);
                Assert.True(check.BadLine == line, $"byte {i} of line {line}: found in line {check.BadLine}, {check.Problem}");
            }

            line += good[i] == '\n' ? 1 : 0;
        }
    }

    [Fact]
    public void Verify_CutOffAnywhere_IsFound()
    {
        folder.Filled(3);
        byte[] good = File.ReadAllBytes(folder.File());
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(folder.File(), good[..length]);
            AuditVerification result = AuditVerifier.Verify(folder.File());
            Assert.False(result.Ok, $"cut to {length} bytes");
            Assert.NotNull(result.FirstBadLine);
        }
    }

    [Theory]
    [InlineData("drop first")]
    [InlineData("drop middle")]
    [InlineData("swap")]
    [InlineData("repeat")]
    [InlineData("blank line")]
    [InlineData("carriage return")]
    [InlineData("huge line")]
    public void Verify_LinesRearranged_IsFound(string how)
    {
        folder.Filled(4);
        List<string> lines = [.. File.ReadAllLines(folder.File())];
        switch (how)
        {
            case "drop first": lines.RemoveAt(0); break;
            case "drop middle": lines.RemoveAt(2); break;
            case "swap": (lines[2], lines[3]) = (lines[3], lines[2]); break;
            case "repeat": lines.Insert(2, lines[2]); break;
            case "blank line": lines.Insert(2, ""); break;
            case "carriage return": lines[2] += "\r"; break;
            default: lines[2] = new string(' ', 20_000); break;
        }

        File.WriteAllText(folder.File(), string.Join('\n', lines) + "\n");

        AuditVerification result = AuditVerifier.Verify(folder.File());
        Assert.False(result.Ok);
        Assert.Equal(how == "drop first" ? 1 : how == "repeat" ? 4 : how == "swap" ? 3 : result.FirstBadLine, result.FirstBadLine);
    }

    [Fact]
    public void Verify_RecordForgedWithItsOwnHashComputedAnew_IsFoundInTheNextLine()
    {
        folder.Filled(3);
        string[] lines = File.ReadAllLines(folder.File());
        string body = lines[1][..lines[1].IndexOf(",\"hash\"", StringComparison.Ordinal)].Replace("u-0", "u-7", StringComparison.Ordinal);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        lines[1] = $"{body},\"hash\":\"{hash}\"}}";
        File.WriteAllText(folder.File(), string.Join('\n', lines) + "\n");

        AuditVerification result = AuditVerifier.Verify(folder.File());

        Assert.Equal((false, 3L), (result.Ok, result.FirstBadLine));
        Assert.Contains("prev is", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokenChain_LeavesTheFileAndBeginsAnewWithARecordOfTheBreak()
    {
        folder.Filled(3);
        string damaged = File.ReadAllText(folder.File()).Replace("u-1", "u-9", StringComparison.Ordinal);
        File.WriteAllText(folder.File(), damaged);

        using (AuditLog log = folder.Open())
        {
            Assert.Equal([AuditLog.ChainBroken], log.DegradedReasons);
            Assert.True(log.Append(AuditFolder.Entry("u-10")));
        }

        Assert.Equal(damaged, File.ReadAllText(folder.File()));
        string start = File.ReadLines(folder.File(2)).First();
        Assert.Equal("broken_chain", Member(start, "reason"));
        Assert.Equal("audit-000001.jsonl", Member(start, "previousFile"));
        Assert.Equal("3", Member(start, "firstBadLine"));
        Assert.True(AuditVerifier.Verify(folder.File(2)).Ok);
        AuditVerification all = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.Equal((false, "audit-000001.jsonl", 3L), (all.Ok, all.File, all.FirstBadLine));
        using AuditLog next = folder.Open();
        Assert.Empty(next.DegradedReasons);
    }

    [Fact]
    public void Open_HalfARecordAtTheEnd_IsABreak()
    {
        folder.Filled(2);
        File.AppendAllText(folder.File(), "{\"seq\":4,\"ti");

        using AuditLog log = folder.Open();

        Assert.Equal([AuditLog.ChainBroken], log.DegradedReasons);
        Assert.Equal("broken_chain", Member(File.ReadLines(folder.File(2)).First(), "reason"));
    }

    [Theory]
    [InlineData("garbage", "head note is not readable")]
    [InlineData("audit-000009.jsonl 0000000000000000001 {0}\n", "which is not there")]
    [InlineData("audit-000001.jsonl 0000000000000000099 {0}\n", "records are missing")]
    [InlineData("audit-000001.jsonl 0000000000000000002 {0}\n", "but the head note says")]
    public void Open_HeadNoteThatDoesNotFit_IsABreak(string note, string problem)
    {
        folder.Filled(2);
        File.WriteAllText(Path.Combine(folder.Path, "audit.head"), string.Format(note, new string('a', 64)));
        Assert.False(AuditVerifier.VerifyDirectory(folder.Path).Ok);

        using AuditLog log = folder.Open();

        Assert.Equal([AuditLog.ChainBroken], log.DegradedReasons);
        Assert.Contains(problem, Member(File.ReadLines(folder.File(2)).First(), "problem"), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_BeyondTheSize_GoesOnInANewFileThatContinuesTheChain()
    {
        using (AuditLog log = folder.Open(64 * 1024))
        {
            for (int i = 0; i < 600; i++)
            {
                Assert.True(log.Append(AuditFolder.Entry($"u-{i}")));
            }
        }

        int files = Directory.GetFiles(folder.Path, "audit-*.jsonl").Length;
        Assert.InRange(files, 3, 5);
        AuditVerification result = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.Equal((true, 600L + files), (result.Ok, result.Records));
        Assert.True(new FileInfo(folder.File()).Length < 66 * 1024);

        string lastLineGone = string.Join('\n', File.ReadLines(folder.File()).SkipLast(1)) + "\n";
        File.WriteAllText(folder.File(), lastLineGone);
        AuditVerification cut = AuditVerifier.VerifyDirectory(folder.Path);
        Assert.Equal((false, "audit-000002.jsonl", 1L), (cut.Ok, cut.File, cut.FirstBadLine));

        File.Delete(folder.File());
        Assert.Contains("earlier files are missing", AuditVerifier.VerifyDirectory(folder.Path).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_FromManyThreads_KeepsTheChainAndEveryRecord()
    {
        using (AuditLog log = folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
            {
                for (int i = 0; i < 50; i++)
                {
                    Assert.True(log.Append(AuditFolder.Entry($"u-{worker}-{i}")));
                }
            })));
        }

        AuditVerification result = AuditVerifier.Verify(folder.File());
        Assert.Equal((true, 401L), (result.Ok, result.Records));
        Assert.Equal(400, File.ReadLines(folder.File()).Skip(1).Select(line => Member(line, "utterance")).Distinct().Count());
    }

    [Fact]
    public void Append_AnyTextAsId_StaysOneVerifiableLine()
    {
        string[] texts = ["a\nb", "\"}", "牛肉面", "\ud800", new string('x', 5000), "\u0000", "{\"hash\":\"", "a b"];
        using (AuditLog log = folder.Open())
        {
            Assert.All(texts, text => Assert.True(log.Append(AuditFolder.Entry(text) with { UtteranceText = text, Terms = text })));
        }

        AuditVerification result = AuditVerifier.Verify(folder.File());
        Assert.Equal((true, 1L + texts.Length), (result.Ok, result.Records));
        Assert.All(File.ReadLines(folder.File()).Skip(1), line => Assert.StartsWith("digest:", Member(line, "utterance"), StringComparison.Ordinal));
        Assert.All(File.ReadAllBytes(folder.File()), value => Assert.InRange(value, (byte)10, (byte)126));
    }

    public void Dispose() => folder.Dispose();

    private static string Member(string line, string name) =>
        JsonDocument.Parse(line).RootElement.GetProperty(name).ToString();
}
