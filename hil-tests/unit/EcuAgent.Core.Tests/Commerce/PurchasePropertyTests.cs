using CsCheck;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>
/// Random lives of a car that buys: requests that fail in every way, a program that dies at any request or write, a gate that changes its mind.
/// Afterwards, with everything working again, the journal and the merchant agree, nobody paid twice, nothing was ordered without a permit, nor
/// after the person was told that it was not, the caps held, and a yes to what was read back before a change bought nothing.
/// </summary>
public sealed class PurchasePropertyTests
{
    private static readonly Gen<bool> Rarely = Gen.Int[0, 3].Select(number => number == 0);

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (6, Gen.Select(Gen.Int[1, 24], Gen.Int[1, 24].Array[0, 2], Gen.Bool, Rarely, Rarely).Select(
            (quantity, changes, old, denied, tightens) => (Act)new Buy(quantity, changes, old, denied, tightens))),
        (2, Gen.Const((Act)new Settle())),
        (2, Gen.Const((Act)new Withdraw())),
        (1, Gen.Const((Act)new NewTrip())),
        (1, Gen.Int[1, 30].Select(hours => (Act)new Wait(hours))));

    private static readonly Gen<Fault> AnyFault = Gen.Enum<Fault>().Where(fault => fault != Fault.Silent);

    private static readonly Gen<Fault> Flicker = Gen.Frequency((1, Gen.Const(Fault.None)), (1, Gen.Const(Fault.LostRequest)), (2, Gen.Const(Fault.Late)));

    // Much goes wrong, or little, or the network is bad for a while.
    private static readonly Gen<Fault[]> FaultLists = Gen.Frequency(
        (2, Gen.Frequency((6, Gen.Const(Fault.None)), (4, AnyFault)).Array[0, 60]),
        (2, Gen.Frequency((9, Gen.Const(Fault.None)), (1, AnyFault)).Array[0, 60]),
        (1, Gen.Select(Gen.Const(Fault.None).Array[0, 10], Flicker.Array[1, 10], (before, bad) => (Fault[])[.. before, .. bad])));

    [Fact]
    public void Purchases_AnyFaultsAndCrashes_JournalAndMerchantAgreeAndNobodyPaysTwice()
    {
        var (placed, crashed) = Play(BrokenRule.None, Sequences);

        Assert.True(placed > Sequences / 10, $"only {placed} of {Sequences} sequences bought anything");
        Assert.True(crashed > Sequences / 10, $"only {crashed} crashes");
    }

    // The check of the check: with any one rule broken on purpose, some sequence must be found that shows it; a rare one, too.
    [Theory]
    [InlineData(BrokenRule.GateIgnored)]
    [InlineData(BrokenRule.CapsIgnored)]
    [InlineData(BrokenRule.AllowanceUnbounded)]
    [InlineData(BrokenRule.CommitNotWrittenAhead)]
    [InlineData(BrokenRule.KeysNotHonoured)]
    [InlineData(BrokenRule.SilenceTakenForANo)]
    public void Purchases_RuleBroken_PropertyFails(BrokenRule rule) => Assert.ThrowsAny<Exception>(() => Play(rule, 4 * Sequences));

    private static (int Placed, int Crashed) Play(BrokenRule rule, int sequences)
    {
        var placed = 0;
        var crashed = 0;
        Gen.Select(Acts.Array[1, 8], FaultLists, Gen.Int[0, 40]).Sample(
            (acts, faults, dyingWrite) =>
            {
                var life = new Life(faults, dyingWrite, rule);
                life.PlayAsync(acts).GetAwaiter().GetResult();
                Interlocked.Add(ref placed, life.Placed);
                Interlocked.Add(ref crashed, life.Crashes);
            },
            iter: sequences);
        return (placed, crashed);
    }

    private static int Sequences =>
        int.TryParse(Environment.GetEnvironmentVariable("ECUAGENT_PROPERTY_SEQUENCES"), out var wanted) ? wanted : 5000;

    private abstract record Act;

    /// <summary>A purchase, changed before its yes; the yes may be to what was read back before the last change.</summary>
    private sealed record Buy(int Quantity, int[] Changes, bool YesToTheOld, bool Denied, bool Tightens) : Act;

    private sealed record Settle : Act;

    private sealed record Withdraw : Act;

    private sealed record NewTrip : Act;

    private sealed record Wait(int Hours) : Act;

    private sealed class Life
    {
        private readonly PurchaseRig _rig;
        private readonly BrokenRule _broken;
        private readonly HashSet<string> _allowedSessions = [];
        private readonly HashSet<string> _notOrdered = [];
        private TaskCompletionSource _crash = new();
        private int _writesUntilDeath;
        private DateTimeOffset? _tripStart;
        private bool _unwritten;
        private bool _staleYes;

        internal Life(Fault[] faults, int dyingWrite, BrokenRule broken)
        {
            _broken = broken;
            _rig = new PurchaseRig(broken == BrokenRule.CapsIgnored ? new PurchaseOptions { Caps = Boundless } : null);
            _rig.Merchant.IgnoresAllowance = broken == BrokenRule.AllowanceUnbounded;
            _rig.Merchant.IgnoresState = broken == BrokenRule.KeysNotHonoured;
            _rig.Merchant.IsSilenceANo = broken == BrokenRule.SilenceTakenForANo;
            _rig.Journal.Forgets = broken == BrokenRule.CommitNotWrittenAhead ? PurchaseStage.Committing : null;
            foreach (var fault in faults)
            {
                _rig.Merchant.Faults.Enqueue(fault);
            }

            _writesUntilDeath = dyingWrite == 0 ? int.MaxValue : dyingWrite;
            _rig.Merchant.Crashed = () => _crash.TrySetResult();
            _rig.Merchant.OnCompleted = session => _unwritten |= !_rig.Journal.All.Any(record => record.SessionId == session && record.IsSpent);
            _rig.Journal.OnWrite = record =>
            {
                if (--_writesUntilDeath > 0)
                {
                    return null;
                }

                _writesUntilDeath = int.MaxValue;
                return new JournalException("journal.db: gone");
            };
        }

        private static SpendingCaps Boundless { get; } = new(
            new Dictionary<string, long> { ["EUR"] = long.MaxValue },
            new Dictionary<string, long> { ["EUR"] = long.MaxValue },
            new Dictionary<string, long> { ["EUR"] = long.MaxValue });

        internal int Placed { get; private set; }

        internal int Crashes { get; private set; }

        internal async Task PlayAsync(Act[] acts)
        {
            foreach (var act in acts)
            {
                var doing = DoAsync(act);
                await Task.WhenAny(doing, _crash.Task);
                if (_crash.Task.IsCompleted)
                {
                    // Whatever the dead program was about to do never happens: its requests and writes do not return.
                    Crashes++;
                    _crash = new TaskCompletionSource();
                    _rig.Merchant.Crashed = () => _crash.TrySetResult();
                    _rig.Restart();
                    continue;
                }

                await doing;
                Check();
            }

            await EndAsync();
        }

        private async Task DoAsync(Act act)
        {
            switch (act)
            {
                case Buy buy:
                    await BuyAsync(buy);
                    break;
                case Settle:
                    await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync();
                    break;
                case Withdraw when _rig.Journal.All.FirstOrDefault(record => record.Stage == PurchaseStage.Placed) is { } placed:
                    await _rig.Engine.WithdrawAsync(placed, CancellationToken.None);
                    break;
                case NewTrip:
                    _tripStart = _rig.Time.GetUtcNow();
                    await _rig.Engine.StartTripAsync(CancellationToken.None);
                    break;
                case Wait wait:
                    _rig.Time.Advance(TimeSpan.FromHours(wait.Hours));
                    break;
            }
        }

        private async Task BuyAsync(Buy buy)
        {
            var quote = await _rig.QuoteAsync(buy.Quantity);
            if (!quote.IsReady)
            {
                return;
            }

            foreach (var quantity in buy.Changes)
            {
                var before = quote;
                quote = await _rig.ChangeAsync(quote, quantity);
                if (quote.Session is null || quote.Record.Stage != PurchaseStage.Quoted)
                {
                    return;
                }

                if (buy.YesToTheOld && quote.Record.Terms != before.Record.Terms)
                {
                    var late = await _rig.CommitAsync(before, new TestPermit { OnRedeem = () => _staleYes = true });
                    Assert.NotEqual(CommitKind.Placed, late.Kind);
                }
            }

            var isIgnored = _broken == BrokenRule.GateIgnored;
            var permit = new TestPermit { Denial = buy.Denied && !isIgnored ? "denied" : null, Holds = !buy.Tightens || isIgnored };
            permit.OnRedeem = () =>
            {
                if (buy is { Denied: false, Tightens: false })
                {
                    _allowedSessions.Add(quote.Record.SessionId);
                }
            };
            if ((await _rig.CommitAsync(quote, permit)).Kind is CommitKind.Refused or CommitKind.NotAllowed)
            {
                _notOrdered.Add(quote.Record.SessionId);
            }
        }

        private async Task EndAsync()
        {
            _rig.Merchant.Faults.Clear();
            _writesUntilDeath = int.MaxValue;
            _rig.Restart();
            for (var round = 0; round < 4; round++)
            {
                await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync();
            }

            // A late request to take an order back is seen by following it.
            await _rig.Engine.FollowAsync(_ => true, CancellationToken.None).ToListAsync();
            Check();
            var records = _rig.Journal.All;
            Assert.All(records, record => Assert.True(
                PurchaseStages.IsOver(record.Stage) || record.Stage == PurchaseStage.Placed, $"{record.Id} stays {record.Stage}: {record.Reason}"));
            foreach (var record in records)
            {
                var charged = _rig.Merchant.Charges.Where(charge => charge.SessionId == record.SessionId).Sum(charge => charge.MinorUnits);
                var owed = record.Stage is PurchaseStage.Placed or PurchaseStage.Fulfilled ? record.Total!.Value.MinorUnits : 0;
                if (record.Stage != PurchaseStage.Disputed)
                {
                    Assert.Equal(owed, charged);
                }
            }

            var known = records.Select(record => record.SessionId).ToHashSet();
            Assert.All(_rig.Merchant.Charges, charge => Assert.Contains(charge.SessionId, known));
            Placed = records.Count(record => record.Stage == PurchaseStage.Placed);
        }

        // True at any time, also in the middle of everything.
        private void Check()
        {
            Assert.False(_unwritten, "an order was carried out that the journal did not expect");
            Assert.False(_staleYes, "a yes to what was read back before a change was redeemed");
            var payments = _rig.Merchant.Charges.Where(charge => charge.MinorUnits > 0).ToList();
            Assert.Equal(payments.Count, payments.DistinctBy(charge => charge.SessionId).Count());
            Assert.All(payments, charge => Assert.Contains(charge.SessionId, _allowedSessions));
            Assert.All(payments, charge => Assert.DoesNotContain(charge.SessionId, _notOrdered));
            var caps = SpendingCaps.Default;
            Assert.All(payments, charge => Assert.InRange(charge.MinorUnits, 1, caps.PerOrder["EUR"]));
            var now = _rig.Time.GetUtcNow();
            Assert.True(PaidSince(now.AddHours(-24)) <= caps.PerDay["EUR"], "the day's cap");
            Assert.True(PaidSince(_tripStart ?? now.AddHours(-24)) <= caps.PerTrip["EUR"], "the trip's cap");
        }

        private long PaidSince(DateTimeOffset since) => _rig.Journal.All
            .Where(record => record.BegunAt >= since)
            .Sum(record => _rig.Merchant.Charges.Where(charge => charge.SessionId == record.SessionId).Sum(charge => charge.MinorUnits));
    }
}
