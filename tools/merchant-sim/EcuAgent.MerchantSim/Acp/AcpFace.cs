using System.Text.Json;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>One shop in ACP: the five checkout operations, and the taking back of orders as an extension.</summary>
internal sealed class AcpFace : ICheckoutFace
{
    private readonly CheckoutDesk _desk;
    private readonly OrderDesk _orders;
    private readonly AcpRequests _requests;
    private readonly AcpSessionWriter _writer;
    private readonly AcpOrderWriter _orderWriter;

    public AcpFace(CheckoutDesk desk, OrderDesk orders, SimSite site)
    {
        _desk = desk;
        _orders = orders;
        _requests = new AcpRequests(desk.Shop);
        _orderWriter = new AcpOrderWriter(desk.Shop, site);
        _writer = new AcpSessionWriter(desk.Shop, site, _orderWriter);
    }

    public Protocol Protocol => Protocol.Acp;

    public Answer Show(CheckoutSession session, DateTimeOffset now, int status) => Answer.Json(status, _writer.Write(session, now));

    public Answer Show(Order order) => Answer.Json(200, _orderWriter.Write(order, order.Cart));

    public Answer Refuse(Refusal refusal) => AcpRefusals.Write(refusal);

    public Answer Get(string id) => _desk.Get(this, id);

    /// <summary>Works on a POST whose headers and key were checked.</summary>
    /// <param name="work">What is asked for.</param>
    /// <param name="amid">Awaited amid the work.</param>
    public async Task<Answer> WorkAsync(AcpWork work, Func<Task> amid)
    {
        if (ShapeOf(work.Operation).Check(work.Body, "$") is { } fault)
        {
            return AcpProtocol.Invalid(400, fault.Code, fault.Message, fault.Path);
        }

        if (work.Operation is SimOperation.Complete)
        {
            return await CompleteAsync(work, amid);
        }

        await amid();
        return work.Operation switch
        {
            SimOperation.Create => Create(work),
            SimOperation.Update => Update(work),
            SimOperation.Cancel => _desk.Cancel(this, work.Id, work.Key),
            _ => CancelOrder(work),
        };
    }

    private Answer Create(AcpWork work)
    {
        if (_requests.ReadCreate(work.Body, out var change) is { } wrong)
        {
            return Refuse(wrong);
        }

        change = change with { Locale = change.Locale ?? work.Language };
        return _desk.Create(this, change, Names(work.Body, "interventions", "supported") ?? [], Names(work.Body, "extensions"));
    }

    private Answer Update(AcpWork work)
    {
        if (_desk.LinesOf(work.Id) is not { } lines)
        {
            return _desk.Get(this, work.Id);
        }

        return _requests.ReadUpdate(work.Body, lines, out var change) is { } wrong ? Refuse(wrong) : _desk.Update(this, work.Id, change);
    }

    private async Task<Answer> CompleteAsync(AcpWork work, Func<Task> amid)
    {
        if (AcpRequests.ReadComplete(work.Body, work.Key, out var attempt) is { } wrong)
        {
            return Refuse(wrong);
        }

        if (_desk.Begin(this, work.Id, work.Key) is { } already)
        {
            return already;
        }

        try
        {
            await amid();
            return _desk.Commit(this, work.Id, attempt);
        }
        catch
        {
            _desk.Abandon(work.Id);
            throw;
        }
    }

    private Answer CancelOrder(AcpWork work) => _orders.Cancel(this, work.Id, LinesOf(work.Body), ReasonOf(work.Body), work.Key);

    /// <summary>Lines of the order cancel extension, which both protocols have; empty for all.</summary>
    internal static (string LineId, int Quantity)[] LinesOf(JsonElement body) => JsonRead.Find(body, "line_items") is { } items
        ? [.. items.EnumerateArray().Select(i => (JsonRead.Text(i, "id")!, (int)Math.Min(JsonRead.Integer(i, "quantity")!.Value, int.MaxValue)))]
        : [];

    internal static string ReasonOf(JsonElement body) => JsonRead.Text(body, "reason") is { Length: > 0 } reason ? reason : "Taken back by the buyer.";

    private static Shape ShapeOf(SimOperation operation) => operation switch
    {
        SimOperation.Create => AcpShapes.Create,
        SimOperation.Update => AcpShapes.Update,
        SimOperation.Complete => AcpShapes.Complete,
        SimOperation.Cancel => AcpShapes.Cancel,
        _ => AcpShapes.OrderCancel,
    };

    private static string[]? Names(JsonElement body, params string[] path) =>
        JsonRead.Find(body, ["capabilities", .. path]) is { } names
            ? [.. names.EnumerateArray().Select(n => n.ValueKind is JsonValueKind.String ? n.GetString()! : JsonRead.Text(n, "name")!)]
            : null;
}

/// <summary>A POST of the protocol.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Id">Session or order; empty for a new session.</param>
/// <param name="Key">Idempotency key.</param>
/// <param name="Body">The body; an empty object when there was none.</param>
/// <param name="Language">Accept-Language; null when absent.</param>
internal sealed record AcpWork(SimOperation Operation, string Id, string Key, JsonElement Body, string? Language);
