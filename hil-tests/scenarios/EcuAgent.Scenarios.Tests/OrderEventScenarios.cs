using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Merchants that say by themselves what happened to an order: the whole service, real HTTP both ways, long before it would ask.</summary>
public sealed class OrderEventScenarios
{
    private const string Wish = "order a pizza margherita";
    private const string Looked = "An event of trattoria-bellavista about an order: Looked";

    [Fact]
    public async Task OrderGoesOn_EachStepIsOnTheBusOnceWithoutWaitingForThePoll()
    {
        await using var rig = await CommerceRig.StartAsync(withEvents: true);
        var mark = rig.Bus.Mark;
        await BuyAsync(rig);
        await rig.Service.LineAsync(Looked);

        var second = rig.Bus.Mark;
        rig.World.Advance();
        await rig.Bus.NextAsync<V1.ParcelStatus>(p => p.State == V1.ParcelState.Ordered, second);
        rig.World.Advance();
        await rig.Bus.NextAsync<V1.ParcelStatus>(p => p.State == V1.ParcelState.OutForDelivery, mark);
        rig.World.Advance();
        var over = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Fulfilled, mark);

        Assert.Equal("fulfilled", over.Reason.ToString());
        await rig.World.WebhooksSettledAsync();
        Assert.All(rig.World.WebhookDeliveries, delivery => Assert.Equal((200, "delivered", 1), (delivery.Status, delivery.Outcome, delivery.Attempts)));
        Assert.Equal(4, rig.World.WebhookDeliveries.Count);
        AssertNothingTwice(rig, mark);
    }

    [Fact]
    public async Task EventsRepeatedLateForgedAndStale_ChangeNothingAndAreCounted()
    {
        await using var rig = await CommerceRig.StartAsync(withEvents: true);
        var mark = rig.Bus.Mark;
        rig.World.Faults.Add(FaultKind.WebhookDuplicate);
        await BuyAsync(rig);
        await rig.World.WebhooksSettledAsync();

        // The last that is said of a purchase: the way to fetch it.
        await rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains("route to", StringComparison.Ordinal), mark);
        var replies = rig.Bus.Since<V1.AssistantReply>(mark).Count;

        rig.World.Faults.Add(FaultKind.WebhookReorder);
        rig.World.Advance();
        rig.World.Advance();
        await rig.Bus.NextAsync<V1.ParcelStatus>(p => p.State == V1.ParcelState.OutForDelivery, mark);
        rig.World.Faults.Add(FaultKind.WebhookForge);
        rig.World.Advance();
        await rig.World.WebhooksSettledAsync();
        Assert.Equal((401, "refused"), (rig.World.WebhookDeliveries[^1].Status, rig.World.WebhookDeliveries[^1].Outcome));
        Assert.Equal(replies, rig.Bus.Since<V1.AssistantReply>(mark).Count);

        rig.World.Faults.Add(FaultKind.WebhookStale);
        await BuyAsync(rig);
        await rig.World.WebhooksSettledAsync();
        Assert.Equal((401, "refused"), (rig.World.WebhookDeliveries[^1].Status, rig.World.WebhookDeliveries[^1].Outcome));

        AssertNothingTwice(rig, mark);
        rig.Service.Terminate();
        Assert.Equal(0, await rig.Service.ExitAsync());

        // The protocol's times are whole seconds: two steps of one second cannot be told apart, and the earlier one may count as new.
        Assert.Matches(
            "so far: (2 taken, 1 repeated, 1 late|3 taken, 1 repeated, 0 late), 0 of other types, 2 not genuine, 0 not understood, 0 other requests, 0 refused",
            await rig.Service.LineAsync("Order events so far"));
    }

    [Fact]
    public async Task ServiceKilledAfterTheEventAndBeforeTheMerchantAnswered_IsRightAfterItsRestart()
    {
        await using var rig = await CommerceRig.StartAsync(withEvents: true);
        var mark = rig.Bus.Mark;
        await BuyAsync(rig);
        await rig.Service.LineAsync(Looked);

        var held = rig.World.Faults.Add(FaultKind.Stall, SimOperation.Get);
        rig.World.Advance(steps: 3);
        await held.HitAsync();
        await rig.Service.KillAsync();
        Assert.DoesNotContain(rig.Bus.Since<V1.OrderStatus>(mark), status => status.State == V1.OrderState.Fulfilled);
        rig.World.Faults.Clear();

        mark = rig.Bus.Mark;
        await rig.RestartAsync();
        await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Fulfilled, mark);
        await rig.World.WebhooksSettledAsync();
        AssertNothingTwice(rig, mark);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task MerchantTakesTheOrderBack_ThePersonIsToldOnce()
    {
        await using var rig = await CommerceRig.StartAsync(withEvents: true);
        await BuyAsync(rig);
        await rig.Service.LineAsync(Looked);

        var mark = rig.Bus.Mark;
        rig.World.Faults.Add(FaultKind.WebhookDuplicate);
        await TakeBackAtTheMerchantAsync(rig);

        var status = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Canceled, mark);
        Assert.Equal("canceled_by_merchant", status.Reason.ToString());
        await rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains("took back", StringComparison.Ordinal), mark);
        await rig.World.WebhooksSettledAsync();
        Assert.Contains("is on its way", (await rig.Bus.AskAsync("where is my parcel")).Text, StringComparison.Ordinal);
        Assert.Single(rig.Bus.Since<V1.AssistantReply>(mark), reply => reply.Text.ToString().Contains("took back", StringComparison.Ordinal));
        Assert.Equal([LedgerKind.Charge, LedgerKind.Refund], rig.World.Ledger.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task PortInUse_EndsTheStartWithTwoAndNamesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var listen = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using var world = await MerchantWorld.StartAsync();
        using var folder = new TemporaryFolder();
        await using var service = ServiceProcess.Start(
            Domains.Next(),
            ModelPackage.None,
            folder.Path,
            "--EcuAgent:Commerce:RegistryFile", world.WriteRegistry(folder.File("registry")),
            "--EcuAgent:Journal:Directory", folder.File("journal"),
            "--EcuAgent:Webhooks:Listen", listen);

        Assert.Equal(2, await service.ExitAsync());
        Assert.Contains($"EcuAgent: EcuAgent:Webhooks:Listen = {listen}; the port is in use", service.Output, StringComparison.Ordinal);
    }

    private static async Task BuyAsync(CommerceRig rig)
    {
        await rig.Bus.ParkAsync();
        var before = rig.World.Ledger.Count;
        var mark = rig.Bus.Mark;
        var question = (await rig.Bus.AskAsync(Wish)).QuestionId;
        rig.Bus.Occupant.Answer(question, yes: true);
        await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Placed, mark);
        await rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains("confirmed", StringComparison.Ordinal), mark);
        Assert.Equal(before + 1, rig.World.Ledger.Count);
    }

    private static async Task TakeBackAtTheMerchantAsync(CommerceRig rig)
    {
        var charge = rig.World.Ledger[0];
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{rig.World.UrlOf(charge.Merchant)}/orders/{charge.Order}/cancel"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", MerchantWorldOptions.DefaultApiKey);
        request.Headers.Add("API-Version", "2026-04-17");
        request.Headers.Add("Idempotency-Key", "by-the-merchant");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // Whatever order and parcel: no state follows itself. Placed and being prepared are one state of a parcel on the bus.
    private static void AssertNothingTwice(CommerceRig rig, int mark)
    {
        var orders = rig.Bus.Since<V1.OrderStatus>(mark).Select(s => (Id: s.OrderId.ToString(), What: $"{s.State} {s.Reason}"));
        var parcels = rig.Bus.Since<V1.ParcelStatus>(mark).Select(s => (Id: s.ParcelId.ToString(), What: s.State.ToString())).ToArray();
        var known = parcels.Where(one => one.What != nameof(V1.ParcelState.Ordered));
        foreach (var states in orders.Concat(known).GroupBy(one => one.Id).Select(group => group.Select(one => one.What).ToArray()))
        {
            Assert.DoesNotContain(states.Zip(states.Skip(1)), pair => pair.First == pair.Second);
        }

        Assert.All(parcels.Except(known).GroupBy(one => one.Id), ordered => Assert.InRange(ordered.Count(), 1, 2));
    }
}
