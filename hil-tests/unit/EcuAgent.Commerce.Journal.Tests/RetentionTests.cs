namespace EcuAgent.Commerce.Journal.Tests;

public sealed class RetentionTests : IDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(400);

    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Purge_OverForLongerThanTheRetention_RemovesThoseAndCountsThem()
    {
        using var journal = _rig.Open();
        var old = await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Fulfilled);
        var open = await journal.WriteToAsync(Purchase.New(2), PurchaseStage.Placed);
        var edge = await EndedAtAsync(journal, 3, Purchase.Noon.AddDays(1));
        var past = await EndedAtAsync(journal, 4, Purchase.Noon.AddDays(1).AddTicks(-1));
        var newest = await journal.WriteToAsync(Purchase.New(5, "inn"), PurchaseStage.Failed);
        _rig.Time.SetUtcNow(Purchase.Noon.AddDays(1) + Retention);

        var purge = await journal.PurgeAsync(CancellationToken.None);

        Assert.Equal(new JournalPurge(Purchases: 2, States: 5 + 2, Trips: 0), purge);
        Assert.Null(await journal.FindAsync(old.Id, CancellationToken.None));
        Assert.Null(await journal.FindAsync(past.Id, CancellationToken.None));
        Assert.Equal(
            new[] { open, edge, newest }.Texts().Order(),
            (await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Texts().Order());
        Assert.True(await journal.HasBoughtAsync("wok", CancellationToken.None));
        using var reader = JournalReader.Open(_rig.Folder)!;
        Assert.Empty(reader.History(old.Id));
        Assert.Empty(reader.Faults());
    }

    [Fact]
    public async Task Purge_WithinTheRetention_RemovesNothing()
    {
        using var journal = _rig.Open();
        await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Fulfilled);
        await journal.WriteToAsync(Purchase.New(2), PurchaseStage.Failed);

        Assert.Equal(default, await journal.PurgeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Purge_MoreThanFitOneTransaction_RemovesAll()
    {
        using var journal = _rig.Open();
        for (var number = 1; number <= 205; number++)
        {
            await journal.WriteToAsync(Purchase.New(number), PurchaseStage.Failed);
        }

        await journal.WriteAsync(Purchase.New(1000), CancellationToken.None);
        _rig.Time.Advance(TimeSpan.FromDays(401));

        Assert.Equal(new JournalPurge(205, 410, 0), await journal.PurgeAsync(CancellationToken.None));
        Assert.Single(await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None));
    }

    [Fact]
    public async Task Purge_Everything_NumbersAreNotGivenTwiceAndItOpensAgain()
    {
        using (var journal = _rig.Open())
        {
            await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Failed);
            await journal.WriteToAsync(Purchase.New(2), PurchaseStage.Failed);
            _rig.Time.Advance(TimeSpan.FromDays(500));
            Assert.Equal(new JournalPurge(1, 2, 0), await journal.PurgeAsync(CancellationToken.None));
        }

        using var again = _rig.Open();
        Assert.NotNull(await again.FindAsync(Purchase.New(2).Id, CancellationToken.None));
    }

    [Fact]
    public async Task Purge_Trips_ThePresentOneStays()
    {
        using var journal = _rig.Open();
        for (var day = 0; day < 3; day++)
        {
            await journal.StartTripAsync(Purchase.Noon.AddDays(day), CancellationToken.None);
        }

        _rig.Time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(new JournalPurge(0, 0, 2), await journal.PurgeAsync(CancellationToken.None));
        Assert.Equal(Purchase.Noon.AddDays(2), await journal.TripStartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Purge_WhatWasBought_IsGoneFromTheFiles()
    {
        const string Secret = "Kaisersemmel mit Geheimnis";
        using (var journal = _rig.Open())
        {
            var opening = Purchase.New(1) with { Summary = Secret };
            await journal.WriteToAsync(opening, PurchaseStage.Failed);
            await journal.WriteAsync(Purchase.New(2), CancellationToken.None);
            Assert.True(IsInAFile(Secret));
            _rig.Time.Advance(TimeSpan.FromDays(401));
            await journal.PurgeAsync(CancellationToken.None);
        }

        Assert.False(IsInAFile(Secret));
    }

    private bool IsInAFile(string text) =>
        Directory.GetFiles(_rig.Folder).Any(file => System.Text.Encoding.UTF8.GetString(ReadShared(file)).Contains(text, StringComparison.Ordinal));

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<PurchaseRecord> EndedAtAsync(PurchaseJournal journal, int number, DateTimeOffset end)
    {
        var opening = Purchase.New(number);
        await journal.WriteAsync(opening, CancellationToken.None);
        var ended = opening.To(PurchaseStage.Canceled) with { WrittenAt = end };
        await journal.WriteAsync(ended, CancellationToken.None);
        return ended;
    }
}
