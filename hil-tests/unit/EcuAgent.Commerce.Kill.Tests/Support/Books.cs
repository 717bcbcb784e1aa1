using EcuAgent.Core.Commerce;
using EcuAgent.MerchantSim.Payments;

namespace EcuAgent.Commerce.Kill.Tests.Support;

/// <summary>The journal's word against the merchant's.</summary>
internal static class Books
{
    internal static void RequireAgreement(IReadOnlyList<PurchaseRecord> journal, IReadOnlyList<LedgerEntry> ledger)
    {
        var sessions = journal.Where(record => record.SessionId.Length > 0).ToDictionary(record => record.SessionId);
        Assert.All(ledger, entry => Assert.True(sessions.ContainsKey(entry.Session), $"entry {entry.Sequence} is of no purchase in the journal"));
        var moved = ledger.ToLookup(entry => entry.Session);
        foreach (var record in journal)
        {
            var charges = moved[record.SessionId].Where(entry => entry.Kind == LedgerKind.Charge).ToList();
            var refunds = moved[record.SessionId].Where(entry => entry.Kind == LedgerKind.Refund).ToList();
            var stands = $"{record.Stage}, {record.Reason}: {charges.Count} charges, {refunds.Count} refunds";
            Assert.True(charges.Count <= 1, stands);
            switch (record.Stage)
            {
                case PurchaseStage.Placed or PurchaseStage.Fulfilled:
                    Assert.True(charges.Count == 1 && refunds.Count == 0, stands);
                    Assert.Equal(charges[0].Amount, record.Total!.Value.MinorUnits);
                    Assert.Equal(charges[0].Amount, record.Charged!.Value.MinorUnits);
                    Assert.Equal(charges[0].Order, record.OrderId);
                    break;
                case PurchaseStage.Canceled or PurchaseStage.Failed:
                    Assert.True(charges.Sum(entry => entry.Amount) == refunds.Sum(entry => entry.Amount), stands);
                    break;
                default:
                    Assert.Fail($"{record.Id} is left {stands}");
                    break;
            }
        }
    }
}
