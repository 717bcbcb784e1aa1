using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.EcuCtl.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary><c>orders</c> and <c>why</c> as processes on a journal as the service leaves it.</summary>
public sealed class OrderTests : IDisposable
{
    private static readonly DateTimeOffset Begun = new(2026, 3, 4, 17, 30, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ecuctl-orders-");

    private string Folder => Path.Combine(_root.FullName, "purchases");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Orders_WithoutAJournal_NamesTheFolderAndTheSetting()
    {
        var result = await CtlProcess.RunAsync(["orders", "--directory", Folder]);

        Assert.Equal(2, result.Code);
        Assert.Contains(Folder, result.Errors, StringComparison.Ordinal);
        Assert.Contains("EcuAgent:Journal:Directory", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_OrderByNumber_ShowsReasonsAgreementAndHistory()
    {
        await WriteAsync();

        var result = await CtlProcess.RunAsync(["why", "4711", "--directory", Folder]);

        Assert.Equal((0, ""), (result.Code, result.Errors));
        Assert.Equal(
            [
                "order      p-1, number 4711",
                "wish       the order of noodles (order_food)",
                "merchant   Noodle House (noodle-house)",
                "items      2 x beef noodles",
                "agreed     25.00 EUR",
                "charged    25.00 EUR",
                "suggested because",
                "  distance_m=1200",
                "  rating=4.6",
                "what became of it",
                "  2026-03-04 17:30:00Z  Opening     opening",
                "  2026-03-04 17:30:00Z  Quoted      quoted",
                "  2026-03-04 17:30:00Z  Committing  committing",
                "  2026-03-04 17:30:00Z  Placed      placed",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Orders_AfterAPurchase_ListsIt()
    {
        await WriteAsync();

        var line = Assert.Single((await CtlProcess.RunAsync(["orders", "--directory", Folder])).Lines);

        Assert.Equal("2026-03-04 17:30:00Z  p-1  Placed      Noodle House  2 x beef noodles  25.00 EUR  4711", line);
    }

    [Theory]
    [InlineData("why", "9999", "order '9999' is not in the journal")]
    [InlineData("orders", "--last=0", "--last '0' must be 1 or more")]
    public async Task Orders_WrongInput_NamesItAndExits2(string command, string argument, string told)
    {
        await WriteAsync();

        var result = await CtlProcess.RunAsync([command, argument, "--directory", Folder]);

        Assert.Equal(2, result.Code);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        using var journal = PurchaseJournal.Open(
            new PurchaseJournalOptions { Directory = Folder }, TimeProvider.System, NullLogger<PurchaseJournal>.Instance);
        var record = new PurchaseRecord
        {
            Id = "p-1",
            Stage = PurchaseStage.Opening,
            Reason = "opening",
            BegunAt = Begun,
            WrittenAt = Begun,
            Order = new CheckoutOrder { Need = MerchantNeed.Food, Lines = [new OrderLine("beef", "beef noodles", 2)], Currency = "EUR" },
            MerchantId = "noodle-house",
            MerchantName = "Noodle House",
            Tool = "order_food",
            Summary = "the order of noodles",
            Why = ["distance_m=1200", "rating=4.6"],
        };
        var total = new Money(2500, "EUR");
        await journal.WriteAsync(record, CancellationToken.None);
        await journal.WriteAsync(record = record with { Stage = PurchaseStage.Quoted, Reason = "quoted", SessionId = "s-1", Terms = "t", Total = total }, CancellationToken.None);
        await journal.WriteAsync(record = record with { Stage = PurchaseStage.Committing, Reason = "committing" }, CancellationToken.None);
        await journal.WriteAsync(
            record with { Stage = PurchaseStage.Placed, Reason = "placed", OrderId = "o-1", OrderNumber = "4711", Charged = total }, CancellationToken.None);
    }
}
