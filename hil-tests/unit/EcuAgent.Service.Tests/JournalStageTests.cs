using System.Text.Json;
using EcuAgent.Commerce;
using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Service.Tests;

/// <summary>The purge of a real journal, on a clock of the test's own.</summary>
public sealed class JournalStageTests : IDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-service-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 16, 0, 0, TimeSpan.Zero));
    private readonly CapturedLog _log = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Journal_IsPurgedAtTheStartAndOnceADay()
    {
        var options = Options();
        await WriteAsync(options, "old", Retention + TimeSpan.FromHours(1));
        await WriteAsync(options, "younger", Retention - TimeSpan.FromHours(1));
        await WriteAsync(options, "new", TimeSpan.Zero);
        using var commerce = await CommerceOwner.OpenAsync(options, _time, _log);
        Assert.NotNull(commerce.Purchases);
        var lifetime = new StageLifetime();
        using var stage = new JournalStage(commerce, _time, lifetime, new Logger<JournalStage>(_log));

        await stage.StartAsync(CancellationToken.None);
        await PurgedAsync(1);
        Assert.Equal(["new", "younger"], Kept(options));

        _time.Advance(JournalStage.Period);
        await PurgedAsync(2);
        Assert.Equal(["new"], Kept(options));
        Assert.Contains("1 purchases that ended more than 30.00:00:00 ago were removed, with 3 states", Purges()[^1], StringComparison.Ordinal);

        await stage.StopAsync(CancellationToken.None);
        Assert.False(lifetime.IsStopped);
    }

    [Fact]
    public async Task Journal_ThatCannotBePurged_IsTriedAgainADayLater()
    {
        var options = Options();
        await WriteAsync(options, "old", Retention + TimeSpan.FromHours(1));
        await WriteAsync(options, "new", TimeSpan.Zero);
        var commerce = await CommerceOwner.OpenAsync(options, _time, _log);
        commerce.Dispose();
        using var stage = new JournalStage(commerce, _time, new StageLifetime(), new Logger<JournalStage>(_log));

        await stage.StartAsync(CancellationToken.None);
        await UntilAsync(() => Failures() == 1);
        _time.Advance(JournalStage.Period);
        await UntilAsync(() => Failures() == 2);

        await stage.StopAsync(CancellationToken.None);

        int Failures() => _log.Lines.Count(line => line.Text.StartsWith("The purchase journal could not be purged", StringComparison.Ordinal));
    }

    private EcuAgentOptions Options()
    {
        var registry = Path.Combine(_folder.FullName, "merchants.json");
        var key = Path.Combine(_folder.FullName, "key");
        File.WriteAllText(key, "key");
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        File.WriteAllText(registry, JsonSerializer.Serialize(new
        {
            format = "ecuagent-merchants/1",
            merchants = new[]
            {
                new { id = "shop", name = "Shop", protocol = "acp", url = "http://127.0.0.1:9", needs = new[] { "food" }, currency = "eur", locale = "en", bearerToken = new { file = "key" } },
            },
        }));
        return new EcuAgentOptions
        {
            Commerce = new CommerceOptions { RegistryFile = registry },
            Journal = new PurchaseJournalOptions { Directory = Path.Combine(_folder.FullName, "journal"), Retention = Retention },
        };
    }

    private async Task WriteAsync(EcuAgentOptions options, string id, TimeSpan age)
    {
        var at = _time.GetUtcNow() - age;
        using var journal = PurchaseJournal.Open(options.Journal, _time, new Logger<PurchaseJournal>(_log));
        var record = new PurchaseRecord
        {
            Id = id,
            Stage = PurchaseStage.Opening,
            Reason = "",
            BegunAt = at,
            WrittenAt = at,
            Order = new CheckoutOrder { Need = MerchantNeed.Food, Lines = [new OrderLine("a", "A", 1)], Currency = "EUR" },
            MerchantId = "shop",
            MerchantName = "Shop",
        };
        foreach (var stage in new[] { PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Failed })
        {
            await journal.WriteAsync(record with { Stage = stage }, CancellationToken.None);
        }
    }

    private static string[] Kept(EcuAgentOptions options)
    {
        using var reader = JournalReader.Open(options.Journal.ResolvedDirectory)!;
        return [.. reader.Latest(10).Select(record => record.Id).Order(StringComparer.Ordinal)];
    }

    private string[] Purges() => [.. _log.Lines.Select(line => line.Text).Where(text => text.Contains("were removed", StringComparison.Ordinal))];

    private Task PurgedAsync(int times) => UntilAsync(() => Purges().Length == times);

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            await Task.Delay(1, watchdog.Token);
        }
    }
}
