namespace EcuAgent.Commerce.Journal.Tests;

public sealed class BoundTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Write_MostPurchasesAreThere_RefusesANewOneAndTakesTheOthers()
    {
        _rig.Options = _rig.Options with { MaximumPurchases = 3 };
        using var journal = _rig.Open();
        for (var number = 1; number <= 3; number++)
        {
            await journal.WriteAsync(Purchase.New(number), CancellationToken.None);
        }

        var error = await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(Purchase.New(4), CancellationToken.None));
        await journal.WriteAsync(Purchase.New(1).To(PurchaseStage.Failed), CancellationToken.None);

        Assert.Contains("has 3 purchases", error.Message);
        Assert.Contains(_rig.Database, error.Message);
        Assert.Null(await journal.FindAsync(Purchase.New(4).Id, CancellationToken.None));
    }

    [Fact]
    public async Task Write_MostPurchasesAreThereAndSomeArePurged_TakesANewOne()
    {
        _rig.Options = _rig.Options with { MaximumPurchases = 2 };
        using var journal = _rig.Open();
        await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Failed);
        await journal.WriteAsync(Purchase.New(2), CancellationToken.None);
        _rig.Time.Advance(TimeSpan.FromDays(401));
        await journal.PurgeAsync(CancellationToken.None);

        await journal.WriteAsync(Purchase.New(3), CancellationToken.None);
    }

    [Fact]
    public async Task Write_FileFillsUp_FirstNewPurchasesAreRefusedThenAllAndNothingAcknowledgedIsLost()
    {
        _rig.Options = _rig.Options with { MaximumFileBytes = 512 * 1024 };
        var acknowledged = new Dictionary<string, PurchaseRecord>();
        string? newRefused;
        string? allRefused;
        using (var journal = _rig.Open())
        {
            newRefused = await FillAsync(number => WriteAsync(journal, Purchase.New(number) with { Terms = new string('t', 3000) }));
            var open = acknowledged.Values.First();
            Assert.True(new FileInfo(_rig.Database).Length + new FileInfo(_rig.Log).Length > 256 * 1024);

            // Those under way go on, into the last eighth and to its end.
            var taken = 0;
            allRefused = await FillAsync(async _ =>
            {
                await WriteAsync(journal, open with { Terms = new string('u', 3000) });
                taken++;
            });
            Assert.InRange(taken, 5, 100);

            // Still there, still readable, and refused again without harm.
            Assert.Equal(acknowledged.Count, (await journal.UnfinishedAsync(CancellationToken.None)).Count);
            await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(open, CancellationToken.None));
        }

        Assert.Contains("seven eighths", newRefused);
        Assert.Contains("is full", allRefused);
        Assert.Contains(_rig.Database, allRefused);
        Assert.InRange(new FileInfo(_rig.Database).Length, 256 * 1024, 512 * 1024);
        _rig.Options = _rig.Options with { MaximumFileBytes = 1024 * 1024 };
        using var larger = _rig.Open();
        Assert.Equal(acknowledged.Values.Texts().Order(), (await larger.UnfinishedAsync(CancellationToken.None)).Texts().Order());
        await larger.WriteAsync(Purchase.New(9999), CancellationToken.None);
        using var reader = JournalReader.Open(_rig.Folder)!;
        Assert.Empty(reader.Faults());

        async Task WriteAsync(PurchaseJournal journal, PurchaseRecord record)
        {
            await journal.WriteAsync(record, CancellationToken.None);
            acknowledged[record.Id] = record;
        }

        static async Task<string> FillAsync(Func<int, Task> write)
        {
            for (var number = 1; number < 1000; number++)
            {
                try
                {
                    await write(number);
                }
                catch (JournalException error)
                {
                    return error.Message;
                }
            }

            throw new InvalidOperationException("never full");
        }
    }

    [Fact]
    public async Task Write_DiskTakesNoMore_EndsWithAFaultAndNothingAcknowledgedIsLost()
    {
        // The kernel refuses what is beyond 600 blocks of 512 bytes: a real failing write in the middle of the log.
        using var writer = WriterProcess.StartBy("trap '' XFSZ; ulimit -f 600; exec \"$@\"", "write", _rig.Folder, "0");
        var lines = await writer.ReadToEndAsync();

        Assert.StartsWith("fault Purchase journal " + _rig.Database, lines[^1]);
        var acknowledged = Acknowledged.Parse(lines.Skip(1).SkipLast(1));
        Assert.True(acknowledged.Count > 10, $"only {acknowledged.Count} states before the disk was full");
        using var journal = _rig.Open();
        Acknowledged.RequireAll(acknowledged, _rig.Folder);
        await journal.WriteAsync(Purchase.New(), CancellationToken.None);
    }
}
