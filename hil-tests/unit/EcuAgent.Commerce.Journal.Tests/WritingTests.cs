namespace EcuAgent.Commerce.Journal.Tests;

public sealed class WritingTests : IDisposable
{
    private readonly Rig _rig = new();

    public static TheoryData<PurchaseStage, PurchaseStage> AllPairs
    {
        get
        {
            var pairs = new TheoryData<PurchaseStage, PurchaseStage>();
            foreach (var present in Enum.GetValues<PurchaseStage>())
            {
                foreach (var next in Enum.GetValues<PurchaseStage>().Append((PurchaseStage)11))
                {
                    pairs.Add(present, next);
                }
            }

            return pairs;
        }
    }

    public static TheoryData<string> Ids => ["", " \n", "a\0b", new string('x', 65)];

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Write_EveryMemberSet_ReadsBackTheSameAlsoAfterReopening()
    {
        var record = Purchase.Full();
        Assert.DoesNotContain(typeof(PurchaseRecord).GetProperties(), member => member.CanWrite && member.GetValue(record) is null or false or "");
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(record, CancellationToken.None);
            Assert.Equal(record.Text(), (await journal.FindAsync(record.Id, CancellationToken.None)).Text());
        }

        using var again = _rig.Open();
        Assert.Equal(record.Text(), (await again.FindAsync(record.Id, CancellationToken.None)).Text());
    }

    [Fact]
    public async Task Write_DefaultMembers_ReadsBackTheSame()
    {
        using var journal = _rig.Open();
        await journal.WriteAsync(Purchase.New(), CancellationToken.None);

        Assert.Equal(Purchase.New().Text(), (await journal.FindAsync(Purchase.New().Id, CancellationToken.None)).Text());
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public async Task Write_StageAfterStage_AsTheStateMachineAllows(PurchaseStage present, PurchaseStage next)
    {
        using var journal = _rig.Open();
        var before = await journal.WriteToAsync(Purchase.New(), present);
        var after = before.To(next);

        if (PurchaseStages.CanFollow(present, next))
        {
            await journal.WriteAsync(after, CancellationToken.None);
            Assert.Equal(after.Text(), (await journal.FindAsync(before.Id, CancellationToken.None)).Text());
        }
        else
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => journal.WriteAsync(after, CancellationToken.None));
            Assert.Equal($"Purchase {before.Id} is {present}; {next} cannot follow", error.Message);
            Assert.Equal(before.Text(), (await journal.FindAsync(before.Id, CancellationToken.None)).Text());
        }
    }

    [Theory]
    [InlineData(PurchaseStage.Quoted)]
    [InlineData(PurchaseStage.Committing)]
    [InlineData(PurchaseStage.Failed)]
    public async Task Write_PurchaseThatDoesNotBeginWithOpening_IsRefused(PurchaseStage stage)
    {
        using var journal = _rig.Open();
        var record = Purchase.New() with { Stage = stage };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => journal.WriteAsync(record, CancellationToken.None));

        Assert.Contains(record.Id, error.Message);
        Assert.Contains(stage.ToString(), error.Message);
        Assert.Null(await journal.FindAsync(record.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Write_OtherMerchant_IsRefused() => await RefusesAsync(record => record with { MerchantId = "other" }, "merchant");

    [Fact]
    public async Task Write_OtherBegin_IsRefused() => await RefusesAsync(record => record with { BegunAt = record.BegunAt.AddTicks(1) }, "begin");

    [Fact]
    public async Task Write_OtherCurrencyOrdered_IsRefused() =>
        await RefusesAsync(record => record with { Order = record.Order with { Currency = "USD" } }, "order");

    [Fact]
    public async Task Write_OtherQuantityOrdered_IsRefused() =>
        await RefusesAsync(record => record with { Order = record.Order with { Lines = [record.Order.Lines[0] with { Quantity = 9 }] } }, "order");

    [Fact]
    public async Task Write_LineAdded_IsRefused() =>
        await RefusesAsync(record => record with { Order = record.Order with { Lines = [.. record.Order.Lines, new OrderLine("tea", "Tea", 1)] } }, "order");

    [Fact]
    public async Task Write_EqualOrderInOtherObjects_IsTaken()
    {
        using var journal = _rig.Open();
        var record = Purchase.New();
        await journal.WriteAsync(record, CancellationToken.None);

        await journal.WriteAsync(record.To(PurchaseStage.Quoted) with { Order = record.Order with { Lines = [.. record.Order.Lines] } }, CancellationToken.None);
    }

    [Fact]
    public async Task Write_AnotherOrder_IsTakenFromQuoteToQuoteAndNotOnCommit()
    {
        using var journal = _rig.Open();
        var record = Purchase.New();
        await journal.WriteAsync(record, CancellationToken.None);
        await journal.WriteAsync(record.To(PurchaseStage.Quoted), CancellationToken.None);
        var changed = record.To(PurchaseStage.Quoted) with { Order = record.Order with { Lines = [record.Order.Lines[0] with { Quantity = 9 }] } };

        await journal.WriteAsync(changed, CancellationToken.None);

        Assert.Equal(9, (await journal.FindAsync(record.Id, CancellationToken.None))!.Order.Lines[0].Quantity);
        await Assert.ThrowsAsync<InvalidOperationException>(() => journal.WriteAsync(record.To(PurchaseStage.Committing), CancellationToken.None));
        await journal.WriteAsync(changed.To(PurchaseStage.Committing), CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Write_IdThatIsNone_IsRefused(string id)
    {
        using var journal = _rig.Open();

        await Assert.ThrowsAsync<ArgumentException>(() => journal.WriteAsync(Purchase.New() with { Id = id }, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => journal.WriteAsync(Purchase.New() with { MerchantId = id }, CancellationToken.None));
    }

    [Fact]
    public async Task Write_ValueWithoutAName_IsRefusedAndTheJournalGoesOn()
    {
        using var journal = _rig.Open();
        var record = Purchase.New();

        await Assert.ThrowsAsync<ArgumentException>(
            () => journal.WriteAsync(record with { Order = record.Order with { Delivery = (DeliveryKind)99 } }, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => journal.WriteAsync(record with { MerchantName = null! }, CancellationToken.None));

        await journal.WriteAsync(record, CancellationToken.None);
    }

    [Fact]
    public async Task Write_StateAboveItsBound_IsRefusedAndTheLargestIsTaken()
    {
        _rig.Options = _rig.Options with { MaximumStateBytes = 4096 };
        using var journal = _rig.Open();
        var record = Purchase.New();
        var free = 4096 - StateRow.Of(1, record).TextBytes;

        var error = await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(record with { Terms = new string('t', free + 1) }, CancellationToken.None));
        await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(record with { Reason = new string('r', 4097) }, CancellationToken.None));
        await journal.WriteAsync(record with { Terms = new string('t', free) }, CancellationToken.None);

        Assert.Contains("4097 bytes; allowed: 4096", error.Message);
        Assert.Contains(_rig.Database, error.Message);
    }

    [Fact]
    public async Task Write_TextThatIsNotUnicode_IsKeptWithTheReplacementCharacter()
    {
        using var journal = _rig.Open();
        await journal.WriteAsync(Purchase.New() with { Reason = "a\ud800", Summary = "b\udc00" }, CancellationToken.None);

        var found = await journal.FindAsync(Purchase.New().Id, CancellationToken.None);

        Assert.Equal(("a\ufffd", "b\ufffd"), (found!.Reason, found.Summary));
    }

    [Fact]
    public async Task Write_Cancelled_IsNotMade()
    {
        using var journal = _rig.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.WriteAsync(Purchase.New(), new CancellationToken(canceled: true)));

        Assert.Null(await journal.FindAsync(Purchase.New().Id, CancellationToken.None));
    }

    [Fact]
    public async Task Write_AfterDispose_IsRefused()
    {
        var journal = _rig.Open();
        journal.Dispose();
        journal.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.WriteAsync(Purchase.New(), CancellationToken.None));
    }

    [Fact]
    public async Task Write_FromManyTasks_AllAreThere()
    {
        using var journal = _rig.Open();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => Task.Run(() => journal.WriteToAsync(Purchase.New(number), PurchaseStage.Placed))));

        var unfinished = await journal.UnfinishedAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 40).Select(number => Purchase.New(number).Id), unfinished.Select(record => record.Id));
        Assert.All(unfinished, record => Assert.Equal(PurchaseStage.Placed, record.Stage));
    }

    [Fact]
    public async Task Write_FromTwoConnections_TheStateMachineHoldsBetweenThem()
    {
        using var journal = _rig.Open();
        using var other = _rig.Open();
        for (var number = 1; number <= 20; number++)
        {
            var quoted = await journal.WriteToAsync(Purchase.New(number), PurchaseStage.Quoted);

            // What is committed may be abandoned, what is abandoned is never committed: whoever is first, it ends abandoned.
            var abandon = Task.Run(() => journal.WriteAsync(quoted.To(PurchaseStage.Abandoning), CancellationToken.None));
            var commit = Task.Run(() => other.WriteAsync(quoted.To(PurchaseStage.Committing), CancellationToken.None));
            await abandon;
            try
            {
                await commit;
            }
            catch (InvalidOperationException error)
            {
                Assert.Contains("is Abandoning; Committing cannot follow", error.Message);
            }

            Assert.Equal(PurchaseStage.Abandoning, (await other.FindAsync(quoted.Id, CancellationToken.None))!.Stage);
        }
    }

    [Fact]
    public async Task States_PastTheJournal_CannotBeChangedOrDeleted()
    {
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(Purchase.New(), CancellationToken.None);
        }

        Assert.Contains("never changed", Assert.ThrowsAny<Exception>(() => _rig.Tamper("UPDATE state SET reason = 'x'")).Message);
        Assert.Contains("with their purchase", Assert.ThrowsAny<Exception>(() => _rig.Tamper("DELETE FROM state")).Message);
    }

    private async Task RefusesAsync(Func<PurchaseRecord, PurchaseRecord> change, string what)
    {
        using var journal = _rig.Open();
        var opening = Purchase.New();
        await journal.WriteAsync(opening, CancellationToken.None);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => journal.WriteAsync(change(opening.To(PurchaseStage.Quoted)), CancellationToken.None));

        Assert.Equal($"Purchase {opening.Id}: its {what} is not the one that it has in the journal", error.Message);
        Assert.Equal(opening.Text(), (await journal.FindAsync(opening.Id, CancellationToken.None)).Text());
    }
}
