using EcuAgent.Commerce.Journal.Writer;

namespace EcuAgent.Commerce.Journal.Tests;

/// <summary>Whatever happens to the files: what was acknowledged is read back as it was, or a <see cref="JournalException"/> names the file.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Purchases = 14;

    private readonly Rig _rig = new();

    public static TheoryData<string, string> Unreadable => new()
    {
        { "ordered = '{'", "column ordered: at $" },
        { "ordered = 'null'", "column ordered: it is null" },
        { "ordered = replace(ordered, 'Food', 'Garden')", "column ordered: at $.need" },
        { "ordered = replace(ordered, '\"Food\"', '0')", "column ordered: at $.need" },
        { "ordered = replace(ordered, '\"currency\"', '\"money\"')", "column ordered" },
        { "details = replace(details, '\"why\":[]', '\"why\":null')", "column details: at $.why" },
        { "details = replace(details, '\"merchantName\"', '\"name\"')", "column details" },
        { "stage = 99", "column stage: 99 is no stage" },
        { "begun_at = begun_at + 1", "column begun_at" },
        { "written_at = written_at + 1", "column written_at" },
        { "reason = 'other'", "column digest" },
        { "merchant_id = 'other'", "column digest" },
        { "digest = x''", "column digest" },
    };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Read_PropertiesOfALaterProgram_ArePassedOver()
    {
        var record = Purchase.Full();
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(record, CancellationToken.None);
        }

        var row = StateRow.Of(1, record);
        row = row with
        {
            Ordered = row.Ordered.Replace("\"lines\":[{", "\"gift\":{\"for\":[1]},\"lines\":[{\"size\":3,", StringComparison.Ordinal),
            Details = row.Details.Insert(1, "\"tip\":null,"),
        };
        _rig.TamperStates(
            $"UPDATE state SET ordered = '{row.Ordered.Replace("'", "''", StringComparison.Ordinal)}', details = '{row.Details.Replace("'", "''", StringComparison.Ordinal)}', digest = x'{Convert.ToHexString(row.Digest())}'");

        using var again = _rig.Open();
        Assert.Equal(record.Text(), (await again.FindAsync(record.Id, CancellationToken.None)).Text());
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Read_RowThatCannotBeRead_IsNamedAndNothingIsSkipped(string change, string problem)
    {
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(Purchase.New(1), CancellationToken.None);
            await journal.WriteAsync(Purchase.New(2), CancellationToken.None);
        }

        // What the check at the start would find is put right as well, so that the reading has to find it.
        _rig.TamperStates(
            $"UPDATE state SET {change} WHERE number = 1; UPDATE purchase SET (stage, begun_at, changed_at, merchant_id) = (SELECT stage, begun_at, written_at, merchant_id FROM state WHERE number = latest)");
        using var again = _rig.Open();

        await RequireAsync(() => again.FindAsync(Purchase.New(1).Id, CancellationToken.None));
        await RequireAsync(() => again.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None));
        await RequireAsync(() => again.WriteAsync(Purchase.New(1).To(PurchaseStage.Quoted), CancellationToken.None));
        if (!change.StartsWith("stage", StringComparison.Ordinal))
        {
            await RequireAsync(() => again.UnfinishedAsync(CancellationToken.None));
        }

        Assert.NotNull(await again.FindAsync(Purchase.New(2).Id, CancellationToken.None));
        using var reader = JournalReader.Open(_rig.Folder)!;
        Assert.Contains(problem, Assert.Throws<JournalException>(() => reader.History(Purchase.New(1).Id)).Message);
        Assert.Contains(problem, Assert.Throws<JournalException>(() => reader.Latest()).Message);
        Assert.Contains(problem, Assert.Single(reader.Faults()));

        async Task RequireAsync(Func<Task> read)
        {
            var error = await Assert.ThrowsAsync<JournalException>(read);
            Assert.Contains(_rig.Database, error.Message);
            Assert.Contains($"state 1 of purchase {Purchase.New(1).Id}", error.Message);
            Assert.Contains(problem, error.Message);
        }
    }

    [Theory]
    [InlineData("UPDATE purchase SET stage = 8 WHERE number = 1")]
    [InlineData("UPDATE purchase SET begun_at = 0 WHERE number = 1")]
    [InlineData("UPDATE purchase SET changed_at = 0 WHERE number = 1")]
    [InlineData("UPDATE purchase SET merchant_id = 'x' WHERE number = 1")]
    [InlineData("UPDATE purchase SET latest = 1 WHERE number = 1")]
    [InlineData("UPDATE purchase SET latest = 999 WHERE number = 1")]
    [InlineData("DELETE FROM purchase WHERE number = 1")]
    [InlineData("DELETE FROM merchant")]
    public async Task Open_PurchaseFiledWrongly_IsRefused(string change)
    {
        await WriteScriptedAsync();
        _rig.Tamper(change);

        var error = Assert.Throws<JournalException>(() => _rig.Open());

        Assert.StartsWith($"Purchase journal {_rig.Database} is damaged: ", error.Message);
    }

    [Fact]
    public async Task Journal_AnyByteOfTheDatabaseChanged_IsReadAsWrittenOrRefusedByName()
    {
        var expected = await WriteScriptedAsync();
        var bytes = await File.ReadAllBytesAsync(_rig.Database);
        var random = new Random(4711);
        var (same, refused) = (0, 0);
        for (var i = 0; i < 600; i++)
        {
            var damaged = (byte[])bytes.Clone();

            // Half of them where the file's own housekeeping is, the others anywhere.
            var at = random.Next(2) == 0 ? random.Next(bytes.Length / 4096 * 4096) / 4096 * 4096 + random.Next(100) : random.Next(bytes.Length);
            damaged[at] ^= (byte)random.Next(1, 256);
            using var copy = _rig.Copy();
            await File.WriteAllBytesAsync(copy.Database, damaged);
            if (await ReadAllAsync(copy) is { } read)
            {
                Assert.Equal(expected, read);
                same++;
            }
            else
            {
                refused++;
            }
        }

        Assert.True(same > 50 && refused > 50, $"{same} the same, {refused} refused: one side is not tested");
    }

    [Fact]
    public async Task Journal_DatabaseCutAnywhere_IsRefusedByName()
    {
        await WriteScriptedAsync();
        var length = new FileInfo(_rig.Database).Length;
        foreach (var kept in new[] { 0, 1, 99, 100, 512, 4095, 4096, length / 2, length - 4096, length - 1 })
        {
            using var copy = _rig.Copy();
            using (var file = new FileStream(copy.Database, FileMode.Open))
            {
                file.SetLength(kept);
            }

            Assert.Null(await ReadAllAsync(copy));
        }
    }

    [Fact]
    public async Task Journal_LogCutAnywhere_IsReadAsWrittenOrRefusedByNameAndLeftAsItIs()
    {
        using var journal = _rig.Open();
        var expected = await WriteScriptedAsync(journal);
        var length = new FileInfo(_rig.Log).Length;
        var random = new Random(1);
        long[] cuts = [0, 1, 31, 32, length - 1, .. Enumerable.Range(0, 60).Select(_ => random.NextInt64(length))];
        foreach (var kept in cuts)
        {
            using var copy = _rig.Copy();
            using (var file = new FileStream(copy.Log, FileMode.Open))
            {
                file.SetLength(kept);
            }

            var error = Assert.Throws<JournalException>(() => copy.Open());
            Assert.Contains(copy.Database, error.Message);
            Assert.Contains("acknowledged", error.Message);
            Assert.Equal(kept, new FileInfo(copy.Log).Length);
        }

        using var whole = _rig.Copy();
        Assert.Equal(expected, await ReadAllAsync(whole));
    }

    [Fact]
    public async Task Journal_AnyByteOfTheLogChanged_IsReadAsWrittenOrRefusedByName()
    {
        using var journal = _rig.Open();
        var expected = await WriteScriptedAsync(journal);
        using var source = _rig.Copy();
        var bytes = await File.ReadAllBytesAsync(source.Log);
        var random = new Random(2);
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            using var copy = source.Copy();
            await File.WriteAllBytesAsync(copy.Log, damaged);
            if (await ReadAllAsync(copy) is { } read)
            {
                Assert.Equal(expected, read);
            }
        }
    }

    [Fact]
    public async Task Journal_DatabaseGone_IsRefusedAndNotMadeAnew()
    {
        await WriteScriptedAsync();
        File.Delete(_rig.Database);

        Assert.Contains("is missing or empty", Assert.Throws<JournalException>(() => _rig.Open()).Message);
        Assert.Contains("is missing or empty", Assert.Throws<JournalException>(() => JournalReader.Open(_rig.Folder)).Message);
        Assert.False(File.Exists(_rig.Database));
    }

    [Fact]
    public async Task Journal_DatabaseGoneAndItsNoteToo_LogIsNotDiscarded()
    {
        using var journal = _rig.Open();
        await WriteScriptedAsync(journal);
        using var copy = _rig.Copy();
        File.Delete(copy.Database);
        File.Delete(copy.Head);

        Assert.Contains("its log", Assert.Throws<JournalException>(() => copy.Open()).Message);
        Assert.True(new FileInfo(copy.Log).Length > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000\0")]
    [InlineData("nonsense\n")]
    [InlineData("000000000000000000x\n")]
    [InlineData("9999999999999999999\n")]
    [InlineData("0000000000000000002\nmore")]
    public async Task Journal_NoteThatIsNone_OpensAllTheSame(string note)
    {
        var expected = await WriteScriptedAsync();
        await File.WriteAllTextAsync(_rig.Head, note);

        Assert.Equal(expected, await ReadAllAsync(_rig));
    }

    [Fact]
    public async Task Journal_OlderDatabasePutInPlace_IsRefusedWithTheNumberMissing()
    {
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(Purchase.New(), CancellationToken.None);
        }

        using var older = _rig.Copy();
        using (var journal = _rig.Open())
        {
            await journal.WriteAsync(Purchase.New().To(PurchaseStage.Quoted), CancellationToken.None);
            await journal.WriteAsync(Purchase.New().To(PurchaseStage.Committing), CancellationToken.None);
        }

        File.Copy(older.Database, _rig.Database, overwrite: true);

        var error = Assert.Throws<JournalException>(() => _rig.Open());

        Assert.Contains("the newest 2 states that were acknowledged are missing", error.Message);
    }

    [Theory]
    [InlineData("not a database at all, but long enough to be looked at as one: 0123456789 0123456789 0123456789")]
    [InlineData("x")]
    public void Journal_FileOfAnotherKind_IsRefusedByName(string content)
    {
        Directory.CreateDirectory(_rig.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(_rig.Database, content);

        var error = Assert.Throws<JournalException>(() => _rig.Open());

        Assert.Contains($"{_rig.Database} is not a database", error.Message);
        Assert.Equal(content, File.ReadAllText(_rig.Database));
    }

    [Fact]
    public async Task Write_LockedByAnotherProcess_IsRefusedByNameAndReadingGoesOn()
    {
        using var journal = _rig.Open();
        await journal.WriteAsync(Purchase.New(), CancellationToken.None);
        using (var holder = WriterProcess.Start("hold", _rig.Folder))
        {
            Assert.Equal("held", await holder.ReadLineAsync());

            var error = await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(Purchase.New().To(PurchaseStage.Quoted), CancellationToken.None));

            Assert.Contains($"{_rig.Database} is locked by another process", error.Message);
            Assert.Equal(PurchaseStage.Opening, (await journal.FindAsync(Purchase.New().Id, CancellationToken.None))!.Stage);
        }

        await journal.WriteAsync(Purchase.New().To(PurchaseStage.Quoted), CancellationToken.None);
    }

    [Fact]
    public async Task Open_KeptByAnotherProcess_IsRefusedByName()
    {
        _rig.Open().Dispose();
        using (var keeper = WriterProcess.Start("keep", _rig.Folder))
        {
            Assert.Equal("held", await keeper.ReadLineAsync());

            Assert.Contains($"{_rig.Database} is locked by another process", Assert.Throws<JournalException>(() => _rig.Open()).Message);
        }

        _rig.Open().Dispose();
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_IsRefusedByName()
    {
        _rig.Options = _rig.Options with { Directory = "/proc/ecuagent/commerce" };

        Assert.Contains("Purchase journal /proc/ecuagent/commerce/purchases.db", Assert.Throws<JournalException>(() => _rig.Open()).Message);
    }

    [Theory]
    [InlineData("chmod 500 \"$FOLDER\"")]
    [InlineData("chmod 400 \"$FOLDER/purchases.db\"")]
    [InlineData("chmod 000 \"$FOLDER/purchases.db\"")]
    [InlineData("chmod 000 \"$FOLDER\"")]
    public async Task Open_WithoutTheRightToWrite_IsRefusedByNameAndNothingIsLost(string take)
    {
        var expected = await WriteScriptedAsync();
        using (var writer = WriterProcess.StartBy(Rights.TakenBy(take, _rig.Folder), "write", _rig.Folder, "500"))
        {
            var lines = await writer.ReadToEndAsync();
            Assert.SkipWhen(lines.Count == 0, "no user without rights to run as");
            Assert.Equal("started", lines[0]);
            Assert.StartsWith("fault Purchase journal " + _rig.Database, lines[1]);
            Assert.Equal(2, lines.Count);
        }

        Rights.GivenBack(_rig.Folder);
        Assert.Equal(expected, await ReadAllAsync(_rig));
    }

    /// <summary>All that the journal tells of the scripted purchases; null where it refused with an exception that names the file.</summary>
    private static async Task<string?> ReadAllAsync(Rig rig)
    {
        try
        {
            using var journal = rig.Open();
            var parts = new List<string>();
            for (var seed = 0; seed < Purchases; seed++)
            {
                parts.Add((await journal.FindAsync(ScriptedPurchase.Id(seed), CancellationToken.None)).Text());
                parts.Add($"{await journal.HasBoughtAsync($"merchant-{seed}", CancellationToken.None)}");
            }

            parts.AddRange((await journal.UnfinishedAsync(CancellationToken.None)).Texts());
            parts.AddRange((await journal.SinceAsync(DateTimeOffset.MinValue, CancellationToken.None)).Texts());
            parts.AddRange((await journal.SinceAsync(ScriptedPurchase.States(5)[0].BegunAt, CancellationToken.None)).Texts());
            parts.Add($"{await journal.TripStartAsync(CancellationToken.None):O}");
            using var reader = JournalReader.Open(rig.Folder)!;
            for (var seed = 0; seed < Purchases; seed++)
            {
                parts.AddRange(reader.History(ScriptedPurchase.Id(seed)).Texts());
            }

            return string.Join('\n', parts);
        }
        catch (JournalException error)
        {
            Assert.Contains(rig.Database, error.Message);
            return null;
        }
    }

    private async Task<string> WriteScriptedAsync()
    {
        using var journal = _rig.Open();
        return await WriteScriptedAsync(journal);
    }

    private async Task<string> WriteScriptedAsync(PurchaseJournal journal)
    {
        await journal.StartTripAsync(Purchase.Noon, CancellationToken.None);
        await journal.StartTripAsync(Purchase.Noon.AddHours(1), CancellationToken.None);
        for (var seed = 0; seed < Purchases; seed++)
        {
            foreach (var state in ScriptedPurchase.States(seed))
            {
                await journal.WriteAsync(state, CancellationToken.None);
            }
        }

        using var copy = _rig.Copy();
        return (await ReadAllAsync(copy))!;
    }
}
