using System.Diagnostics;
using EcuAgent.Commerce.Journal.Writer;

namespace EcuAgent.Commerce.Journal.Tests;

public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    private const int SeedsAKill = 100_000;

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Write_KilledAtRandomInstants_EveryAcknowledgedStateIsThereAndTheFileIsWhole()
    {
        var random = new Random(20260506);
        var acknowledged = new List<(int Seed, int Step)>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var lines = await WriteUntilKilledAsync(kill * SeedsAKill, random.Next(1, 60), TimeSpan.FromMilliseconds(random.NextDouble() * 4));
            acknowledged.AddRange(Acknowledged.Parse(lines));
            if (kill % 2 == 0)
            {
                // The next to open it may be a tool.
                Acknowledged.RequireAll(acknowledged, _rig.Folder);
            }

            using var journal = _rig.Open();
            Acknowledged.RequireAll(acknowledged, _rig.Folder);
            await RequireLatestAsync(journal, acknowledged);
        }

        Assert.True(acknowledged.Count > Kills * 5, $"only {acknowledged.Count} states in {Kills} runs");
    }

    [Fact]
    public async Task Open_KilledWhileItIsMade_OpensNextTime()
    {
        var random = new Random(7);
        var made = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var rig = new Rig();
            using (var writer = WriterProcess.Start("write", rig.Folder, "0"))
            {
                Assert.Equal("started", await writer.ReadLineAsync());
                Spin(TimeSpan.FromMilliseconds(random.NextDouble() * 120));
                writer.Kill();
            }

            made += File.Exists(rig.Database) ? 1 : 0;
            using var journal = rig.Open();
            await journal.WriteAsync(Purchase.New(), CancellationToken.None);
            using var reader = JournalReader.Open(rig.Folder)!;
            Assert.Empty(reader.Faults());
        }

        Assert.InRange(made, 1, Kills);
    }

    private async Task<IReadOnlyList<string>> WriteUntilKilledAsync(int seed, int states, TimeSpan after)
    {
        using var writer = WriterProcess.Start("write", _rig.Folder, $"{seed}");
        Assert.Equal("started", await writer.ReadLineAsync());
        var lines = new List<string>();
        while (lines.Count < states)
        {
            lines.Add((await writer.ReadLineAsync())!);
        }

        Spin(after);
        writer.Kill();
        lines.AddRange(await writer.ReadToEndAsync());
        return lines;
    }

    /// <summary>So that the kill falls anywhere in a write, not always where its line was read.</summary>
    private static void Spin(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(50);
        }
    }

    private static async Task RequireLatestAsync(PurchaseJournal journal, IReadOnlyList<(int Seed, int Step)> acknowledged)
    {
        var latest = (await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).ToDictionary(record => record.Id);
        foreach (var purchase in acknowledged.GroupBy(state => state.Seed))
        {
            var states = ScriptedPurchase.States(purchase.Key);
            var found = latest[ScriptedPurchase.Id(purchase.Key)].Text();
            Assert.Contains(found, states.Skip(purchase.Max(state => state.Step)).Take(2).Texts());
        }
    }
}
