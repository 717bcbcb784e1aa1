using System.Text.Json;
using EcuAgent.Commerce;
using EcuAgent.Commerce.Journal;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Service.Tests;

/// <summary>Whose the journal's folder is, where two services are set to the same one.</summary>
public sealed class CommerceOwnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-owner-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 16, 0, 0, TimeSpan.Zero));
    private readonly CapturedLog _log = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TwoThatAreAlone_TheLaterOneGoesWithoutAndNamesTheFolder()
    {
        using var first = await CommerceOwner.OpenAsync(Options(), _time, _log);
        Assert.Equal((true, null), (first.Purchases is not null, first.DegradedReason));

        using var second = await AdvancedAsync(CommerceOwner.OpenAsync(Options(), _time, _log));

        Assert.Equal((null, "purchase_journal_unusable"), (second.Purchases, second.DegradedReason));
        var line = Assert.Single(_log.Lines, l => l.Text.Contains("is in use by another service", StringComparison.Ordinal));
        Assert.Contains(Path.Combine(_folder.FullName, "journal"), line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatIsJustEnding_IsWaitedFor()
    {
        var first = await CommerceOwner.OpenAsync(Options(), _time, _log);
        var opening = CommerceOwner.OpenAsync(Options(), _time, _log);
        Assert.False(opening.IsCompleted);

        first.Dispose();
        using var second = await AdvancedAsync(opening);

        Assert.Equal((true, null), (second.Purchases is not null, second.DegradedReason));
    }

    [Fact]
    public async Task TwoOfAPair_BothOpenIt_AndNobodyIsRefusedBeforeThereIsWork()
    {
        using var first = await CommerceOwner.OpenAsync(Options(), _time, _log, static () => true);
        using var second = await CommerceOwner.OpenAsync(Options(), _time, _log, static () => false);

        Assert.NotNull(first.Purchases);
        Assert.NotNull(second.Purchases);
        Assert.Equal((null, null), (first.DegradedReason, second.DegradedReason));
    }

    private async Task<CommerceOwner> AdvancedAsync(Task<CommerceOwner> opening)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!opening.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, watchdog.Token);
        }

        return await opening;
    }

    private EcuAgentOptions Options()
    {
        var registry = Path.Combine(_folder.FullName, "merchants.json");
        File.WriteAllText(registry, JsonSerializer.Serialize(new { format = "ecuagent-merchants/1", merchants = Array.Empty<object>() }));
        return new EcuAgentOptions
        {
            Commerce = new CommerceOptions { RegistryFile = registry },
            Journal = new PurchaseJournalOptions { Directory = Path.Combine(_folder.FullName, "journal") },
        };
    }
}
