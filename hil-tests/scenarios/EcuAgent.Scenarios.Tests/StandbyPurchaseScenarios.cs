using EcuAgent.Core.Commerce;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Two services of a hot-standby pair on one journal, and the one that leads dies or freezes in mid-purchase.</summary>
public sealed class StandbyPurchaseScenarios
{
    private const string Wish = "order a pizza margherita";
    private const string Ordered = "confirmed";
    private const string NotOrdered = "nothing was ordered";

    [Fact]
    public async Task Killed_WhileItsReadBackIsOpen_TheOldYesBuysNothingAndAskedAnewItIsBoughtOnce()
    {
        await using var rig = await StandbyCommerceRig.StartAsync();
        var old = await ReadBackAsync(rig);

        var mark = rig.Bus.Mark;
        await rig.KillPrimaryAsync();
        rig.Bus.Occupant.Answer(old, yes: true);
        var ended = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Canceled, mark);
        Assert.Equal("interrupted", ended.Reason.ToString());
        await ToldAsync(rig, NotOrdered, mark);

        var anew = await ReadBackAnewAsync(rig, mark);
        Assert.NotEqual(old, anew);
        rig.Bus.Occupant.Answer(old, yes: true);
        await rig.Bus.AskAsync("set the temperature to 21 degrees");
        Assert.Empty(rig.World.Ledger);

        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(anew, yes: true);
        await ToldAsync(rig, Ordered, mark);
        await SettledAsync(rig, PurchaseStage.Canceled, PurchaseStage.Placed);
    }

    [Theory]
    [InlineData(FaultKind.StallAnswer)]
    [InlineData(FaultKind.Slow)]
    public async Task Killed_WhileTheMerchantCompletes_TheOtherOneTellsThatItWasOrderedAndAnotherYesBuysNothing(FaultKind delay)
    {
        await using var rig = await StandbyCommerceRig.StartAsync();
        var (question, held) = await SaidYesAsync(rig, delay);

        var mark = rig.Bus.Mark;
        await rig.KillPrimaryAsync();
        rig.Bus.Occupant.Answer(question, yes: true);
        if (delay == FaultKind.Slow)
        {
            // The merchant does not know itself yet, so nobody may say anything.
            await rig.Pair.Backup.LineAsync("is not known");
            Assert.Empty(rig.World.Ledger);
            Assert.Empty(Told(rig, NotOrdered, mark));
            held.Release();
        }

        await ToldAsync(rig, Ordered, mark);
        rig.Bus.Occupant.Answer(question, yes: true);
        await SettledAsync(rig, PurchaseStage.Placed);
        Assert.Single(Told(rig, Ordered, mark));
    }

    [Fact]
    public async Task Killed_BeforeTheMerchantHasReadTheOrder_TheOtherOneClosesItAndTheOrderComesTooLate()
    {
        await using var rig = await StandbyCommerceRig.StartAsync();
        var (question, held) = await SaidYesAsync(rig, FaultKind.Stall);

        var mark = rig.Bus.Mark;
        await rig.KillPrimaryAsync();
        await ToldAsync(rig, NotOrdered, mark);
        held.Release();
        rig.Bus.Occupant.Answer(question, yes: true);

        var anew = await ReadBackAsync(rig);
        Assert.Empty(rig.World.Ledger);
        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(anew, yes: true);
        await ToldAsync(rig, Ordered, mark);
        await SettledAsync(rig, PurchaseStage.Canceled, PurchaseStage.Placed);
    }

    [Fact]
    public async Task Killed_AsSoonAsTheMerchantHasCharged_ThePersonIsToldByOneOfTheTwo()
    {
        await using var rig = await StandbyCommerceRig.StartAsync();
        var question = await ReadBackAsync(rig);

        var mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(question, yes: true);
        using (var watchdog = new CancellationTokenSource(Domains.Watchdog))
        {
            while (rig.World.Ledger.Count == 0)
            {
                watchdog.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        await rig.KillPrimaryAsync();
        await ToldAsync(rig, Ordered, mark);
        rig.Bus.Occupant.Answer(question, yes: true);
        await SettledAsync(rig, PurchaseStage.Placed);

        // Killed between its words and the note that they were said, it is said again; more than that is nobody's.
        Assert.InRange(Told(rig, Ordered, mark).Count, 1, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frozen_WhileTheMerchantCompletes_KeepsTheJournalUntilItGoesOnOrDies(bool goesOn)
    {
        await using var rig = await StandbyCommerceRig.StartAsync();
        var (question, held) = await SaidYesAsync(rig, FaultKind.StallAnswer);

        var mark = rig.Bus.Mark;
        rig.Pair.Primary.Freeze();
        await rig.Pair.SaysAsync("standby:leading:100", mark);
        await rig.Pair.SaysAsync("purchase_journal_held", mark);
        rig.Bus.Occupant.Answer(question, yes: true);
        Assert.Empty((await rig.Bus.AskAsync(Wish)).QuestionId);
        Assert.Equal(PurchaseStage.Committing, Assert.Single(rig.Purchases()).Stage);
        Assert.Empty(Told(rig, Ordered, mark));

        held.Release();
        if (goesOn)
        {
            rig.Pair.Primary.Thaw();
            await rig.Pair.SaysAsync("standby:following:200", mark);
        }
        else
        {
            await rig.Pair.Primary.KillAsync();
        }

        await ToldAsync(rig, Ordered, mark);
        await SettledAsync(rig, PurchaseStage.Placed);
        Assert.Single(Told(rig, Ordered, mark));
        await rig.Bus.NextAsync<V1.AgentHealth>(
            h => h.DegradedReasons.ToString() is var reasons && reasons.Contains("leading:100", StringComparison.Ordinal) && !reasons.Contains("purchase_journal_held", StringComparison.Ordinal),
            rig.Bus.Mark);
    }

    private static async Task<string> ReadBackAsync(StandbyCommerceRig rig)
    {
        var turn = await rig.Bus.AskAsync(Wish);
        Assert.True(turn.QuestionId.Length > 0, turn.Text);
        return turn.QuestionId;
    }

    /// <summary>
    /// The question of the one that leads now. The old read-back may reach the bus and not the follower in the instant of the kill; then that one has
    /// carried the wish out by itself, and asked.
    /// </summary>
    private static async Task<string> ReadBackAnewAsync(StandbyCommerceRig rig, int mark)
    {
        await rig.Bus.AskAsync(Wish);
        var reply = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.OpenQuestionId.ToString().Length > 0, mark);
        return reply.OpenQuestionId.ToString();
    }

    /// <summary>Up to the instant at which the merchant has the order and does not answer.</summary>
    private static async Task<(string QuestionId, FaultTicket Held)> SaidYesAsync(StandbyCommerceRig rig, FaultKind delay)
    {
        var question = await ReadBackAsync(rig);
        var held = rig.World.Faults.Add(delay, SimOperation.Complete);
        rig.Bus.Occupant.Answer(question, yes: true);
        await held.HitAsync().WaitAsync(Domains.Watchdog);
        return (question, held);
    }

    private static Task<V1.AssistantReply> ToldAsync(StandbyCommerceRig rig, string words, int mark) =>
        rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains(words, StringComparison.Ordinal), mark);

    private static List<string> Told(StandbyCommerceRig rig, string words, int mark) =>
        [.. rig.Bus.Since<V1.AssistantReply>(mark).Select(r => r.Text.ToString()).Where(text => text.Contains(words, StringComparison.Ordinal))];

    /// <summary>
    /// Journal and ledger agree: the purchases ended like this, all of them were told, there is one charge for the one that was placed, and none besides.
    /// </summary>
    private static async Task SettledAsync(StandbyCommerceRig rig, params PurchaseStage[] stages)
    {
        await rig.PurchasesAsync(all => all.All(record => record is { IsUntold: false, Stage: PurchaseStage.Placed or PurchaseStage.Canceled }));

        // What was said before is answered before this.
        await rig.Bus.AskAsync("set the temperature to 22 degrees");
        var purchases = rig.Purchases();

        // What was asked while another question was open is quoted and closed: that may be one more.
        Assert.Equal(stages, purchases.Select(record => record.Stage).Take(stages.Length));
        Assert.All(purchases.Skip(stages.Length), record => Assert.Equal(PurchaseStage.Canceled, record.Stage));
        var charge = Assert.Single(rig.World.Ledger);
        var placed = Assert.Single(purchases, record => record.Stage == PurchaseStage.Placed);
        Assert.Equal((placed.SessionId, placed.OrderId, placed.Charged?.MinorUnits), (charge.Session, charge.Order, charge.Amount));

        // That it was told is one write, after the one that it was placed.
        Assert.Equal([true, false], rig.History(placed.Id).Where(state => state.Stage == PurchaseStage.Placed).Select(state => state.IsUntold));
    }
}
