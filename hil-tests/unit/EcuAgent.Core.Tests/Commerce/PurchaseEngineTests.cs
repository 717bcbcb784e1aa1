using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

public sealed class PurchaseEngineTests
{
    private readonly PurchaseRig _rig = new();

    [Fact]
    public async Task Commit_Usual_IsPlacedChargedOnceAndWrittenBeforeItLeft()
    {
        var stageAtComplete = PurchaseStage.Opening;
        _rig.Merchant.OnCompleted = _ => stageAtComplete = _rig.Journal.All[0].Stage;

        var result = await _rig.BuyAsync();

        Assert.Equal((CommitKind.Placed, PurchaseStage.Placed), (result.Kind, result.Record.Stage));
        Assert.Equal(("o-s1", "4711", new Money(1250, "EUR")), (result.Record.OrderId, result.Record.OrderNumber, result.Record.Charged!.Value));
        Assert.Equal(PurchaseStage.Committing, stageAtComplete);
        Assert.Equal([new Charge("s1", 1250)], _rig.Merchant.Charges);
        Assert.Equal(
            [PurchaseStage.Opening, PurchaseStage.Quoted, PurchaseStage.Committing, PurchaseStage.Placed], _rig.Journal.History.Select(record => record.Stage));
    }

    [Fact]
    public async Task Commit_GateDeniesAtTheInstant_NothingIsOrderedAndTheSessionIsClosed()
    {
        var permit = new TestPermit { Denial = "consent_revoked" };

        var result = await _rig.BuyAsync(permit: permit);

        Assert.Equal((CommitKind.NotAllowed, "consent_revoked", PurchaseStage.Canceled), (result.Kind, result.Reason, result.Record.Stage));
        Assert.DoesNotContain(Step.Complete, _rig.Merchant.Steps);
        Assert.Equal(Step.Cancel, _rig.Merchant.Steps[^1]);
    }

    [Fact]
    public async Task Commit_GateIsAsked_AfterAllElseThatCanFail()
    {
        var permit = new TestPermit();
        IReadOnlyList<Step> before = [];
        permit.OnRedeem = () => before = [.. _rig.Merchant.Steps];

        await _rig.BuyAsync(permit: permit);

        Assert.Equal([Step.Open, Step.Get, Step.Grant], before);
        Assert.Equal(Step.Complete, _rig.Merchant.Steps[before.Count]);
        Assert.Equal(1, permit.Asked);
    }

    [Fact]
    public async Task Commit_PriceChangedSinceReadBack_NothingIsOrderedUntilTheNewOneIsAgreed()
    {
        var quote = await _rig.QuoteAsync();
        _rig.Merchant.Faults.Enqueue(Fault.PriceChange);

        var changed = await _rig.CommitAsync(quote);

        Assert.Equal((CommitKind.TermsChanged, new Money(1350, "EUR")), (changed.Kind, changed.Record.Total!.Value));
        Assert.Empty(_rig.Merchant.Charges);
        Assert.Equal(CommitKind.Refused, (await _rig.CommitAsync(quote)).Kind);
        Assert.Equal(CommitKind.Placed, (await _rig.Engine.CommitAsync(changed.Record, new TestPermit(), CancellationToken.None)).Kind);
        Assert.Equal(1350, _rig.Charged);
    }

    [Fact]
    public async Task Commit_PriceRisesAfterTheLastLook_TheAllowanceKeepsItFromBeingCharged()
    {
        _rig.Merchant.OnStep = step => step == Step.Complete ? Fault.PriceChange : Fault.None;

        var result = await _rig.BuyAsync();

        Assert.Equal((CommitKind.Refused, CommerceReasons.PaymentDeclined, PurchaseStage.Canceled), (result.Kind, result.Reason, result.Record.Stage));
        Assert.Empty(_rig.Merchant.Charges);
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Thrown)]
    public async Task Commit_AnswerLostAfterTheMerchantDidIt_IsFoundPlacedAndChargedOnce(Fault fault)
    {
        _rig.Merchant.OnStep = step => step == Step.Complete ? fault : Fault.None;

        var result = await _rig.BuyAsync();

        Assert.Equal(CommitKind.Placed, result.Kind);
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task Commit_RequestLost_IsSentAgainWithTheSameKeyWhileThePermitHolds()
    {
        var first = true;
        _rig.Merchant.OnStep = step => step == Step.Complete && first && !(first = false) ? Fault.LostRequest : Fault.None;

        var result = await _rig.BuyAsync();

        Assert.Equal(CommitKind.Placed, result.Kind);
        Assert.Equal(2, _rig.Merchant.Steps.Count(step => step == Step.Complete));
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task Commit_StateTightensAfterALostRequest_IsNotSentAgainAndCanceled()
    {
        var permit = new TestPermit();
        _rig.Merchant.OnStep = step =>
        {
            permit.Holds &= step != Step.Complete;
            return step == Step.Complete ? Fault.LostRequest : Fault.None;
        };

        var result = await _rig.BuyAsync(permit: permit);

        Assert.Equal((CommitKind.Refused, PurchaseStage.Canceled), (result.Kind, result.Record.Stage));
        Assert.Single(_rig.Merchant.Steps, step => step == Step.Complete);
        Assert.Empty(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task Commit_NetworkGoneAfterSending_IsOpenAndFoundOutLater()
    {
        _rig.Merchant.OnStep = step => step == Step.Complete ? Fault.LostAnswer : Fault.None;
        var quote = await _rig.QuoteAsync();
        var seen = 0;
        _rig.Merchant.OnStep = step => step == Step.Complete ? Fault.LostAnswer : step == Step.Get && ++seen > 1 ? Fault.NotSent : Fault.None;

        var result = await _rig.CommitAsync(quote);
        Assert.Equal((CommitKind.Open, PurchaseStage.Committing), (result.Kind, result.Record.Stage));

        _rig.Merchant.OnStep = _ => Fault.None;
        var settled = Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());
        Assert.Equal((PurchaseStage.Committing, PurchaseStage.Placed, 1250L), (settled.Before, settled.Record.Stage, _rig.Charged));
        Assert.Empty(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());
    }

    [Theory]
    [InlineData(Fault.Late, PurchaseStage.Placed, 1250)]
    [InlineData(Fault.LostRequest, PurchaseStage.Canceled, 0)]
    public async Task Commit_OrderAndItsCancellationUnanswered_IsOpenUntilTheMerchantSays(Fault fault, PurchaseStage end, long charged)
    {
        var quote = await _rig.QuoteAsync();
        _rig.Merchant.LoseOrderAndCancellation(fault);

        var result = await _rig.CommitAsync(quote);
        Assert.Equal(
            (CommitKind.Open, CommerceReasons.OutcomeOpen, PurchaseStage.Abandoning, true),
            (result.Kind, result.Reason, result.Record.Stage, result.Record.IsSpent));

        _rig.Merchant.OnStep = _ => Fault.None;
        var settled = Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());
        Assert.Equal((end, charged), (settled.Record.Stage, _rig.Charged));
    }

    [Fact]
    public async Task Commit_DeclinedAndTheCancellationUnanswered_IsNotOrderedAllTheSame()
    {
        _rig.Merchant.Declines = true;
        _rig.Merchant.OnStep = step => step == Step.Cancel ? Fault.LostRequest : Fault.None;

        var result = await _rig.BuyAsync();

        Assert.Equal(
            (CommitKind.Refused, CommerceReasons.PaymentDeclined, PurchaseStage.Abandoning, false),
            (result.Kind, result.Reason, result.Record.Stage, result.Record.IsSpent));
    }

    [Theory]
    [InlineData(false, PurchaseStage.Abandoning)]
    [InlineData(true, PurchaseStage.Committing)]
    public async Task Settle_RefusedButNotClosed_IsNewsOnlyWhereTheRunThatKnewDied(bool dies, PurchaseStage before)
    {
        _rig.Merchant.OnStep = step => step == Step.Grant ? Fault.Refused : step == Step.Cancel ? Fault.LostRequest : Fault.None;
        Assert.Equal(CommitKind.Refused, (await _rig.BuyAsync()).Kind);
        _rig.Merchant.OnStep = _ => Fault.None;
        var engine = dies ? _rig.Restart() : _rig.Engine;

        var settled = Assert.Single(await engine.SettleAsync(CancellationToken.None).ToListAsync());

        Assert.Equal((before, PurchaseStage.Canceled, "refused"), (settled.Before, settled.Record.Stage, settled.Record.Reason));
        Assert.False(_rig.Journal.All[0].WaitsToBeTold);
    }

    [Fact]
    public async Task Settle_MerchantForgotASessionThatMayBeOrdered_IsDisputed()
    {
        var quote = await _rig.QuoteAsync();
        _rig.Merchant.OnStep = step => step is Step.Complete or Step.Cancel ? Fault.LostRequest : Fault.None;
        await _rig.CommitAsync(quote);
        _rig.Merchant.OnStep = _ => Fault.None;
        _rig.Merchant.ForgetSessions();

        var settled = Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());

        Assert.Equal((PurchaseStage.Disputed, CommerceReasons.OutcomeLost), (settled.Record.Stage, settled.Record.Reason));
    }

    [Fact]
    public async Task Commit_MerchantStillCompleting_IsOpenThenPlaced()
    {
        _rig.Merchant.OnStep = step => step == Step.Complete ? Fault.Slow : Fault.None;
        var quote = await _rig.QuoteAsync();

        var result = await _rig.CommitAsync(quote);

        Assert.Contains(result.Kind, (CommitKind[])[CommitKind.Open, CommitKind.Placed]);
        _rig.Merchant.OnStep = _ => Fault.None;
        await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync();
        Assert.Equal((PurchaseStage.Placed, 1250L), (_rig.Journal.All[0].Stage, _rig.Charged));
    }

    [Fact]
    public async Task Commit_PaymentNotGranted_NothingIsOrdered()
    {
        _rig.Merchant.OnStep = step => step == Step.Grant ? Fault.Refused : Fault.None;

        var result = await _rig.BuyAsync();

        Assert.Equal((CommitKind.Refused, "refused", PurchaseStage.Canceled), (result.Kind, result.Reason, result.Record.Stage));
        Assert.DoesNotContain(Step.Complete, _rig.Merchant.Steps);
    }

    [Fact]
    public async Task Commit_JournalFull_NothingLeavesTheCar()
    {
        var quote = await _rig.QuoteAsync();
        _rig.Journal.OnWrite = record => record.Stage == PurchaseStage.Committing ? new JournalException("journal.db: disk full") : null;

        var result = await _rig.CommitAsync(quote);

        Assert.Equal((CommitKind.NotRecorded, CommerceReasons.NotRecorded), (result.Kind, result.Reason));
        Assert.DoesNotContain(Step.Grant, _rig.Merchant.Steps);
        Assert.DoesNotContain(Step.Complete, _rig.Merchant.Steps);
    }

    [Fact]
    public async Task Commit_JournalUnreadable_NothingLeavesTheCar()
    {
        var quote = await _rig.QuoteAsync();
        _rig.Journal.IsUnreadable = true;

        Assert.Equal(CommitKind.Refused, (await _rig.CommitAsync(quote)).Kind);
        Assert.DoesNotContain(Step.Complete, _rig.Merchant.Steps);
    }

    [Fact]
    public async Task Commit_ReceiptNotRecorded_IsRecordedLaterAndNotOrderedAgain()
    {
        _rig.Journal.OnWrite = record => record.Stage == PurchaseStage.Placed ? new JournalException("journal.db: disk full") : null;
        var result = await _rig.BuyAsync();
        Assert.Equal(CommitKind.Open, result.Kind);

        _rig.Journal.OnWrite = _ => null;
        Assert.Equal(PurchaseStage.Placed, Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync()).Record.Stage);
        Assert.Single(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task Commit_Twice_OrdersOnce()
    {
        var quote = await _rig.QuoteAsync();

        var results = await Task.WhenAll(_rig.CommitAsync(quote), _rig.CommitAsync(quote), _rig.CommitAsync(quote));

        Assert.Single(results, result => result.Kind == CommitKind.Placed);
        Assert.Single(_rig.Merchant.Charges);
    }

    [Theory]
    [InlineData(25, CommerceReasons.OverOrderCap)]
    [InlineData(24, null)]
    public async Task Quote_AboveTheOrderCap_IsRefusedAndClosed(int quantity, string? reason)
    {
        var quote = await _rig.QuoteAsync(quantity);

        Assert.Equal(reason ?? CommerceReasons.Done, quote.Reason);
        Assert.Equal(reason is null ? PurchaseStage.Quoted : PurchaseStage.Canceled, quote.Record.Stage);
    }

    [Fact]
    public async Task Commit_SeveralOrdersInOneTrip_StopAtTheTripCapAndStartAnewWithTheNextTrip()
    {
        await _rig.Engine.StartTripAsync(CancellationToken.None);
        Assert.Equal(CommitKind.Placed, (await _rig.BuyAsync(20)).Kind);
        Assert.Equal(CommitKind.Placed, (await _rig.BuyAsync(20)).Kind);
        Assert.Equal(new Money(50000, "EUR"), await _rig.Engine.SpentThisTripAsync("EUR", CancellationToken.None));
        Assert.Equal(CommerceReasons.OverTripCap, (await _rig.QuoteAsync()).Reason);

        _rig.Time.Advance(TimeSpan.FromHours(1));
        await _rig.Engine.StartTripAsync(CancellationToken.None);
        Assert.Equal(CommitKind.Placed, (await _rig.BuyAsync(20)).Kind);
        Assert.Equal(CommerceReasons.OverDayCap, (await _rig.QuoteAsync(5)).Reason);

        _rig.Time.Advance(TimeSpan.FromHours(24));
        await _rig.Engine.StartTripAsync(CancellationToken.None);
        Assert.Equal(CommitKind.Placed, (await _rig.BuyAsync(5)).Kind);
    }

    [Fact]
    public async Task Spent_TripNeverNoted_IsNotKnownAndTheDayCountsForTheTripCap()
    {
        await _rig.BuyAsync(20);
        await _rig.BuyAsync(20);

        Assert.Null(await _rig.Engine.SpentThisTripAsync("EUR", CancellationToken.None));
        Assert.Equal(CommerceReasons.OverTripCap, (await _rig.QuoteAsync()).Reason);
    }

    [Fact]
    public async Task Commit_TwoQuotesThatTogetherExceedTheTripCap_TheSecondIsRefusedAtCommit()
    {
        await _rig.BuyAsync(20);
        var one = await _rig.QuoteAsync(12);
        var other = await _rig.QuoteAsync(12);

        var results = await Task.WhenAll(_rig.CommitAsync(one), _rig.CommitAsync(other));

        Assert.Equal([CommitKind.Placed, CommitKind.Refused], results.Select(result => result.Kind).Order());
        Assert.Equal(32 * 1250, _rig.Charged);
    }

    [Fact]
    public async Task Quote_CurrencyWithoutCap_IsRefused()
    {
        var rig = new PurchaseRig(new PurchaseOptions { Caps = new SpendingCaps(new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>()) });

        Assert.Equal(CommerceReasons.CurrencyNotListed, (await rig.QuoteAsync()).Reason);
    }

    [Fact]
    public async Task Quote_SameWishShortlyBefore_IsSaid()
    {
        await _rig.CommitAsync(await _rig.QuoteAsync(intent: "pizza"));

        Assert.Equal("p1", (await _rig.QuoteAsync(intent: "pizza")).SameBefore?.Id);
        Assert.Null((await _rig.QuoteAsync(intent: "rice")).SameBefore);
        _rig.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null((await _rig.QuoteAsync(intent: "pizza")).SameBefore);
    }

    [Theory]
    [InlineData(CheckoutState.NeedsPerson, CommerceReasons.NeedsScreen)]
    [InlineData(CheckoutState.Unknown, CommerceReasons.BadAnswer)]
    [InlineData(CheckoutState.Incomplete, CommerceReasons.NothingFound)]
    public async Task Quote_SessionThatCannotBeOrdered_IsClosedWithTheReason(CheckoutState state, string reason)
    {
        _rig.Merchant.OpenState = state;

        var quote = await _rig.QuoteAsync();

        Assert.Equal((reason, PurchaseStage.Canceled), (quote.Reason, quote.Record.Stage));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.LostRequest)]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Refused)]
    public async Task Quote_OpenFails_EndsTheAttempt(Fault fault)
    {
        _rig.Merchant.Faults.Enqueue(fault);

        var quote = await _rig.QuoteAsync();

        Assert.Equal(PurchaseStage.Failed, quote.Record.Stage);
        Assert.False(quote.IsReady);
    }

    [Fact]
    public async Task Settle_AfterRestartWithAQuoteOnly_ClosesTheSessionAndOrdersNothing()
    {
        await _rig.QuoteAsync();

        var settled = Assert.Single(await _rig.Restart().SettleAsync(CancellationToken.None).ToListAsync()).Record;

        Assert.Equal((PurchaseStage.Canceled, "interrupted"), (settled.Stage, settled.Reason));
        Assert.Empty(_rig.Merchant.Charges);
    }

    [Fact]
    public async Task Settle_QuoteOfThisRun_IsLeftAlone()
    {
        await _rig.QuoteAsync();

        Assert.Empty(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());
        Assert.DoesNotContain(Step.Cancel, _rig.Merchant.Steps);
    }

    [Fact]
    public async Task Settle_MerchantUnreachable_KeepsTryingThenIsDisputedAndStillCountsAsSpent()
    {
        var quote = await _rig.QuoteAsync();
        var gets = 0;
        _rig.Merchant.OnStep = step => step == Step.Complete || (step == Step.Get && ++gets > 1) ? Fault.LostRequest : Fault.None;
        await _rig.CommitAsync(quote);

        Assert.Empty(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync());
        _rig.Time.Advance(TimeSpan.FromHours(25));
        var settled = Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync()).Record;

        Assert.Equal((PurchaseStage.Disputed, CommerceReasons.OutcomeLost), (settled.Stage, settled.Reason));
        Assert.True(settled.IsSpent);
    }

    [Fact]
    public async Task Settle_MerchantForgotTheSession_IsDisputedAtOnce()
    {
        var quote = await _rig.QuoteAsync();
        _rig.Merchant.OnStep = step =>
        {
            if (step == Step.Complete)
            {
                _rig.Merchant.ForgetSessions();
            }

            return Fault.None;
        };

        var result = await _rig.CommitAsync(quote);

        Assert.Equal((CommitKind.Open, CommerceReasons.OutcomeLost), (result.Kind, result.Reason));
    }

    [Fact]
    public async Task Withdraw_MerchantTakesItBack_IsCanceledRefundedAndNotSpentAnyMore()
    {
        var placed = (await _rig.BuyAsync()).Record;

        var withdrawn = await _rig.Engine.WithdrawAsync(placed, CancellationToken.None);

        Assert.Equal((PurchaseStage.Canceled, 0L), (withdrawn.Stage, _rig.Charged));
    }

    [Theory]
    [InlineData(Fault.None, false, PurchaseStage.Placed)]
    [InlineData(Fault.NotSent, true, PurchaseStage.Placed)]
    [InlineData(Fault.LostAnswer, true, PurchaseStage.Withdrawing)]
    public async Task Withdraw_NotTakenBackOrNotKnown_SaysSoAndEndsLater(Fault fault, bool takesBack, PurchaseStage stage)
    {
        var placed = (await _rig.BuyAsync()).Record;
        _rig.Merchant.TakesBack = takesBack;
        _rig.Merchant.Faults.Enqueue(fault);

        var withdrawn = await _rig.Engine.WithdrawAsync(placed, CancellationToken.None);

        Assert.Equal(stage, withdrawn.Stage);
        if (stage == PurchaseStage.Withdrawing)
        {
            Assert.Equal(PurchaseStage.Canceled, Assert.Single(await _rig.Engine.SettleAsync(CancellationToken.None).ToListAsync()).Record.Stage);
            Assert.Equal(0, _rig.Charged);
        }
    }

    [Fact]
    public async Task Follow_PlacedOrder_TellsProgressAndEndsWhenFulfilled()
    {
        await _rig.BuyAsync();
        _rig.Merchant.Progress = OrderProgress.OnTheWay;
        Assert.Equal(OrderProgress.OnTheWay, Assert.Single(await _rig.Engine.FollowAsync(_ => true, CancellationToken.None).ToListAsync()).Order.Progress);

        _rig.Merchant.Progress = OrderProgress.Fulfilled;
        Assert.Equal(PurchaseStage.Fulfilled, Assert.Single(await _rig.Engine.FollowAsync(_ => true, CancellationToken.None).ToListAsync()).Record.Stage);
        Assert.Empty(await _rig.Engine.FollowAsync(_ => true, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Abandon_Quote_ClosesTheSession()
    {
        var quote = await _rig.QuoteAsync();

        var abandoned = await _rig.Engine.AbandonAsync(quote.Record, "declined", CancellationToken.None);

        Assert.Equal((PurchaseStage.Canceled, "declined"), (abandoned.Stage, abandoned.Reason));
        Assert.Equal(CommitKind.Refused, (await _rig.CommitAsync(quote)).Kind);
    }

    [Fact]
    public async Task Change_BeforeTheYes_OrdersTheChangedOneInTheSameSession()
    {
        var rig = new PurchaseRig();
        var quote = await rig.QuoteAsync();

        var changed = await rig.ChangeAsync(quote, 3);
        var late = await rig.CommitAsync(quote);
        var result = await rig.CommitAsync(changed);

        Assert.Equal((CommitKind.Refused, CommitKind.Placed), (late.Kind, result.Kind));
        Assert.Equal((3750L, 1), (rig.Charged, rig.Merchant.Opened.Count));
        Assert.Equal(quote.Record.SessionId, result.Record.SessionId);
        Assert.Equal(
            ["opening", "quoted", "changing", "changed", "committing", "placed"], rig.Journal.History.Select(record => record.Reason));
    }

    [Fact]
    public async Task Change_NewSessionNeeded_LeavesTheQuoteAsItWas()
    {
        var rig = new PurchaseRig();
        var quote = await rig.QuoteAsync();
        rig.Merchant.TakesChanges = false;

        var refused = await rig.ChangeAsync(quote, 3);

        Assert.Equal((CommerceReasons.NewSessionNeeded, false), (refused.Reason, refused.IsReady));
        Assert.Equal((PurchaseStage.Quoted, quote.Record.Terms), (refused.Record.Stage, refused.Record.Terms));
        Assert.Equal(CommitKind.Placed, (await rig.CommitAsync(refused)).Kind);
        Assert.Equal(1250, rig.Charged);
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.LostRequest)]
    [InlineData(Fault.Thrown)]
    public async Task Change_WithoutAnAnswer_ClosesTheSession(Fault fault)
    {
        var rig = new PurchaseRig();
        var quote = await rig.QuoteAsync();
        rig.Merchant.Faults.Enqueue(fault);

        var lost = await rig.ChangeAsync(quote, 3);

        Assert.Equal((PurchaseStage.Canceled, Step.Cancel), (lost.Record.Stage, rig.Merchant.Steps[^1]));
        Assert.Equal(CommitKind.Refused, (await rig.CommitAsync(quote)).Kind);
        Assert.Empty(rig.Merchant.Charges);
    }

    [Fact]
    public async Task Change_AboveTheCap_ClosesTheSession()
    {
        var rig = new PurchaseRig();
        var quote = await rig.QuoteAsync();

        var over = await rig.ChangeAsync(quote, 25);

        Assert.Equal((CommerceReasons.OverOrderCap, PurchaseStage.Canceled), (over.Reason, over.Record.Stage));
    }

    [Fact]
    public async Task Change_JournalGone_AsksNobody()
    {
        var rig = new PurchaseRig();
        var quote = await rig.QuoteAsync();
        rig.Journal.OnWrite = _ => new JournalException("journal.db: gone");

        var refused = await rig.ChangeAsync(quote, 2);

        Assert.Equal(CommerceReasons.NotRecorded, refused.Reason);
        Assert.DoesNotContain(Step.Update, rig.Merchant.Steps);
    }

    [Fact]
    public async Task Change_ThereAndBack_IsTwoRequestsWithDifferentKeys()
    {
        var rig = new PurchaseRig();
        var two = await rig.ChangeAsync(await rig.QuoteAsync(), 2);
        var one = await rig.ChangeAsync(two, 1);

        Assert.Equal((2, 2), (rig.Merchant.UpdateKeys.Count, rig.Merchant.Updated.Count));
        Assert.Equal(1250, one.Record.Total!.Value.MinorUnits);
    }
}
