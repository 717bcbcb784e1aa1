using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly Rig _rig = new();

    public static TheoryData<string> Statements =>
    [
        JournalSql.Find, JournalSql.Since, JournalSql.Unfinished, JournalSql.HasBought, JournalSql.TripStart, JournalSql.History, JournalSql.LastNumber,
        JournalSql.Expired, JournalSql.MovePurchase, JournalSql.RemoveStates,
    ];

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Find_UnknownId_IsNull()
    {
        using var journal = _rig.Open();

        Assert.Null(await journal.FindAsync("nothing", CancellationToken.None));
    }

    [Fact]
    public async Task Unfinished_PurchaseInEachStage_ThoseThatAreNotOverOldestFirst()
    {
        using var journal = _rig.Open();
        var expected = new List<PurchaseRecord>();
        foreach (var (stage, minutes) in Enum.GetValues<PurchaseStage>().Select((stage, i) => (stage, i * 7 % 10)))
        {
            var record = await journal.WriteToAsync(Purchase.New((int)stage, begun: Purchase.Noon.AddMinutes(minutes)), stage);
            if (!PurchaseStages.IsOver(stage))
            {
                expected.Add(record);
            }
        }

        Assert.Equal(expected.OrderBy(record => record.BegunAt).Texts(), (await journal.UnfinishedAsync(CancellationToken.None)).Texts());
        Assert.Equal(6, expected.Count);
    }

    [Fact]
    public async Task Since_BegunBeforeAtAndAfter_FromThenOnNewestFirst()
    {
        using var journal = _rig.Open();
        var times = new[] { Purchase.Noon.AddTicks(-1), Purchase.Noon, Purchase.Noon.AddTicks(1), Purchase.Noon.AddDays(1) };
        foreach (var (time, i) in times.Select((time, i) => (time, i)))
        {
            await journal.WriteToAsync(Purchase.New(i, begun: time), PurchaseStage.Placed);
        }

        // Another offset is the same instant.
        var found = await journal.SinceAsync(Purchase.Noon.ToOffset(TimeSpan.FromHours(9)), CancellationToken.None);

        Assert.Equal([times[3], times[2], times[1]], found.Select(record => record.BegunAt));
        Assert.All(found, record => Assert.Equal(PurchaseStage.Placed, record.Stage));
    }

    [Fact]
    public async Task Since_BegunAtTheSameInstant_LastWrittenFirst()
    {
        using var journal = _rig.Open();
        for (var i = 1; i <= 3; i++)
        {
            await journal.WriteAsync(Purchase.New(i, begun: Purchase.Noon), CancellationToken.None);
        }

        Assert.Equal(
            [Purchase.New(3).Id, Purchase.New(2).Id, Purchase.New(1).Id],
            (await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Select(record => record.Id));
    }

    [Fact]
    public async Task Since_AnotherConnectionWentOn_ItsStateAndNotTheOneThatWasReadBefore()
    {
        using var journal = _rig.Open();
        using var other = _rig.Open();
        var opening = await journal.WriteToAsync(Purchase.New(), PurchaseStage.Opening);
        Assert.Equal(PurchaseStage.Opening, Assert.Single(await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Stage);

        var quoted = opening.To(PurchaseStage.Quoted);
        await other.WriteAsync(quoted, CancellationToken.None);

        Assert.Equal([quoted.Text()], (await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Texts());
        Assert.Equal(quoted.Text(), (await journal.FindAsync(quoted.Id, CancellationToken.None))!.Text());
    }

    [Fact]
    public async Task Since_MorePurchasesThanAreKeptInMemory_AllOfThemEachTime()
    {
        using var journal = _rig.Open();
        var count = LatestState.Kept + 3;
        using (var transaction = journal.Connection.BeginTransaction())
        {
            // By hand and without a sync each: a thousand writes of the journal's own take seconds.
            for (var i = 1; i <= count; i++)
            {
                var row = StateRow.Of(i, Purchase.New(i));
                Run(transaction, JournalSql.AddPurchase, ("$id", row.PurchaseId), ("$merchant", row.MerchantId), ("$begun", row.BegunAt), ("$stage", row.Stage), ("$changed", row.WrittenAt), ("$latest", row.Number));
                Run(
                    transaction, JournalSql.AddState, ("$number", row.Number), ("$id", row.PurchaseId), ("$stage", row.Stage), ("$reason", row.Reason), ("$begun", row.BegunAt),
                    ("$written", row.WrittenAt), ("$merchant", row.MerchantId), ("$ordered", row.Ordered), ("$details", row.Details), ("$digest", row.Digest()));
            }

            transaction.Commit();
        }

        var expected = Enumerable.Range(1, count).Select(i => Purchase.New(i).Id).Order().ToList();
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(expected, (await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Select(record => record.Id).Order());
        }
    }

    [Theory]
    [InlineData(PurchaseStage.Opening, false)]
    [InlineData(PurchaseStage.Committing, false)]
    [InlineData(PurchaseStage.Disputed, false)]
    [InlineData(PurchaseStage.Canceled, false)]
    [InlineData(PurchaseStage.Placed, true)]
    [InlineData(PurchaseStage.Fulfilled, true)]
    public async Task HasBought_PurchaseInStage_OnlyWhereItWasEverPlaced(PurchaseStage stage, bool bought)
    {
        using var journal = _rig.Open();
        await journal.WriteToAsync(Purchase.New(merchant: "wok"), stage);

        Assert.Equal(bought, await journal.HasBoughtAsync("wok", CancellationToken.None));
        Assert.False(await journal.HasBoughtAsync("WOK", CancellationToken.None));
    }

    [Fact]
    public async Task HasBought_PlacedAndTakenBack_StaysTrue()
    {
        using var journal = _rig.Open();
        var placed = await journal.WriteToAsync(Purchase.New(), PurchaseStage.Withdrawing);
        await journal.WriteAsync(placed.To(PurchaseStage.Canceled), CancellationToken.None);

        Assert.True(await journal.HasBoughtAsync("wok", CancellationToken.None));
    }

    [Fact]
    public async Task TripStart_NeverNoted_IsNull()
    {
        using var journal = _rig.Open();

        Assert.Null(await journal.TripStartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task TripStart_SeveralNoted_TheLastNotedAlsoWhereTheClockWentBackAndAfterReopening()
    {
        var last = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(8)).AddTicks(1);
        using (var journal = _rig.Open())
        {
            await journal.StartTripAsync(Purchase.Noon.AddDays(30), CancellationToken.None);
            await journal.StartTripAsync(last, CancellationToken.None);
        }

        using var again = _rig.Open();
        var start = await again.TripStartAsync(CancellationToken.None);

        Assert.Equal(last, start);
        Assert.Equal(last.Offset, start!.Value.Offset);
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_Plan_ScansNoTable(string sql)
    {
        using var journal = _rig.Open();
        using var command = new SqliteCommand("EXPLAIN QUERY PLAN " + sql, journal.Connection);
        foreach (var name in new[] { "$id", "$since", "$before", "$most", "$stage", "$changed", "$latest" }.Where(name => sql.Contains(name, StringComparison.Ordinal)))
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.NotEmpty(plan);
        Assert.All(plan, step => Assert.DoesNotContain("SCAN", step, StringComparison.Ordinal));
    }

    private static void Run(SqliteTransaction transaction, string sql, params (string Name, object Value)[] values)
    {
        using var command = new SqliteCommand(sql, transaction.Connection, transaction);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
