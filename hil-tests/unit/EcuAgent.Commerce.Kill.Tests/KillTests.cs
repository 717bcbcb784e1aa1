using System.Globalization;
using EcuAgent.Commerce.Kill.Tests.Support;
using EcuAgent.Core.Commerce;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.Commerce.Kill.Tests;

/// <summary>
/// A buyer in a process of its own is killed again and again with <c>kill -9</c>, and the books are compared: the merchant's ledger and what the
/// journal says after the next start.
/// </summary>
public sealed class KillTests
{
    /// <summary>Every request that a purchase consists of, killed before the merchant looks at it and after it was carried out.</summary>
    public static TheoryData<SimOperation, FaultKind> Requests =>
        new MatrixTheoryData<SimOperation, FaultKind>(
            [
                SimOperation.Create, SimOperation.Update, SimOperation.Get, SimOperation.DelegatePayment, SimOperation.Complete, SimOperation.Cancel,
                SimOperation.OrderCancel,
            ],
            [FaultKind.Stall, FaultKind.StallAnswer]);

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("ECUAGENT_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 12;

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Buyer_KilledWhileARequestIsUnderWay_TheBooksAgreeAfterTheNextStart(SimOperation operation, FaultKind fault)
    {
        await using var town = await Town.OpenAsync();
        var held = town.World.Faults.Add(fault, operation);
        await using (var buyer = town.StartBuyer())
        {
            var first = await Task.WhenAny(held.HitAsync(), buyer.ExitAsync()).WaitAsync(Domains.Watchdog);
            Assert.True(held.Hits == 1, $"no {operation} was asked for; {first.Status}:\n{buyer.Output}");
            await buyer.KillAsync();
        }

        held.Release();
        var journal = await town.SettledAsync();
        Assert.NotEmpty(journal);
        Books.RequireAgreement(journal, town.World.Ledger);
    }

    [Fact]
    public async Task Buyer_KilledAgainAndAgainAtRandomInstants_TheBooksAgreeAndNothingIsPaidTwice()
    {
        await using var town = await Town.OpenAsync();
        var random = new Random(20261127);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var buyer = town.StartBuyer();
            await buyer.LineAsync("buying");
            var dinners = random.Next(4);
            if (dinners > 0)
            {
                await buyer.LineAsync(line => line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{dinners - 1} "), StringComparison.Ordinal));
            }

            Spin(TimeSpan.FromMilliseconds(random.NextDouble() * 60));
            await buyer.KillAsync();
        }

        var journal = await town.SettledAsync();
        Books.RequireAgreement(journal, town.World.Ledger);
        Assert.Contains(journal, record => record.Stage == PurchaseStage.Placed);
        Assert.Contains(journal, record => record.Stage == PurchaseStage.Canceled);
    }

    /// <summary>So that the kill falls anywhere, not always where a line was read.</summary>
    private static void Spin(TimeSpan time)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(50);
        }
    }
}
