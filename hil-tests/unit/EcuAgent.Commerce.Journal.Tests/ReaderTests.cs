namespace EcuAgent.Commerce.Journal.Tests;

public sealed class ReaderTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Open_NothingWasEverWritten_IsNullAndMakesNothing()
    {
        Assert.Null(JournalReader.Open(_rig.Folder));
        Assert.False(Directory.Exists(_rig.Folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_WhileTheServiceWritesAndAfter_AllStatesOldestFirst(bool whileOpen)
    {
        var journal = _rig.Open();
        await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Placed);
        await journal.WriteToAsync(Purchase.New(2), PurchaseStage.Failed);
        if (!whileOpen)
        {
            journal.Dispose();
        }

        using var reader = JournalReader.Open(_rig.Folder)!;

        Assert.Equal(
            [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed],
            reader.History(Purchase.New(1).Id).Select(state => state.Stage));
        Assert.Empty(reader.History("nothing"));
        Assert.Empty(reader.Faults());
        journal.Dispose();
    }

    [Fact]
    public async Task History_StateWrittenAfterOpening_IsSeen()
    {
        using var journal = _rig.Open();
        await journal.WriteAsync(Purchase.New(), CancellationToken.None);
        using var reader = JournalReader.Open(_rig.Folder)!;
        Assert.Single(reader.History(Purchase.New().Id));

        await journal.WriteAsync(Purchase.New().To(PurchaseStage.Quoted), CancellationToken.None);

        Assert.Equal(2, reader.History(Purchase.New().Id).Count);
    }

    [Fact]
    public async Task Latest_Most_NewestBegunFirst()
    {
        using var journal = _rig.Open();
        for (var number = 1; number <= 4; number++)
        {
            await journal.WriteToAsync(Purchase.New(number), PurchaseStage.Quoted);
        }

        using var reader = JournalReader.Open(_rig.Folder)!;

        Assert.Equal([Purchase.New(4).Id, Purchase.New(3).Id], reader.Latest(2).Select(record => record.Id));
        Assert.Equal(4, reader.Latest().Count);
        Assert.All(reader.Latest(), record => Assert.Equal(PurchaseStage.Quoted, record.Stage));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Latest(0));
    }

    [Fact]
    public async Task Reader_Open_HoldsNoWriterUp()
    {
        using var journal = _rig.Open();
        await journal.WriteAsync(Purchase.New(), CancellationToken.None);
        using var reader = JournalReader.Open(_rig.Folder)!;
        Assert.Single(reader.Latest());

        await journal.WriteAsync(Purchase.New().To(PurchaseStage.Quoted), CancellationToken.None);
    }

    [Fact]
    public async Task Faults_RowsTamperedWith_AreNamedOneByOne()
    {
        using (var journal = _rig.Open())
        {
            await journal.WriteToAsync(Purchase.New(1), PurchaseStage.Placed);
            await journal.WriteAsync(Purchase.New(2), CancellationToken.None);
        }

        _rig.TamperStates("UPDATE state SET details = replace(details, 'Wok', 'Inn') WHERE number IN (2, 5)");
        using var reader = JournalReader.Open(_rig.Folder)!;

        var faults = reader.Faults();

        Assert.Equal(2, faults.Count);
        Assert.Contains($"state 2 of purchase {Purchase.New(1).Id} cannot be read, column digest", faults[0]);
        Assert.Contains($"state 5 of purchase {Purchase.New(2).Id} cannot be read, column digest", faults[1]);
    }
}
