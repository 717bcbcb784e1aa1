using System.Text.Json;
using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>One shop in UCP: the checkout capability with fulfilment, orders to be read, and the taking back of orders as an extension.</summary>
internal sealed class UcpFace : ICheckoutFace
{
    private readonly CheckoutDesk _desk;
    private readonly OrderDesk _orders;
    private readonly UcpRequests _requests;
    private readonly UcpSessionWriter _writer;
    private readonly UcpOrderWriter _orderWriter;

    public UcpFace(CheckoutDesk desk, OrderDesk orders, SimSite site)
    {
        _desk = desk;
        _orders = orders;
        _requests = new UcpRequests(desk.Shop);
        _writer = new UcpSessionWriter(desk.Shop, site);
        _orderWriter = new UcpOrderWriter(desk.Shop, site);
    }

    public Protocol Protocol => Protocol.Ucp;

    public Answer Show(CheckoutSession session, DateTimeOffset now, int status) => Answer.Json(status, _writer.Write(session, now));

    public Answer Show(Order order) => Answer.Json(200, _orderWriter.Write(order));

    public Answer Refuse(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Invalid => UcpProtocol.Error(400, refusal.Code, refusal.Message, refusal.Param),
        RefusalReason.NotFound => UcpProtocol.Error(404, refusal.Code, refusal.Message, refusal.Param),
        RefusalReason.NotAllowed => UcpProtocol.Error(409, refusal.Code, refusal.Message, refusal.Param),
        RefusalReason.Busy => UcpProtocol.Error(409, refusal.Code, refusal.Message, refusal.Param).With("Retry-After", "1"),
        _ => UcpProtocol.Error(503, refusal.Code, refusal.Message, refusal.Param).With("Retry-After", "60"),
    };

    public Answer Get(string id) => _desk.Get(this, id);

    public Answer GetOrder(string id) => _orders.Get(this, id);

    /// <summary>Works on a request that changes something, whose headers and key were checked.</summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="id">Session or order; empty for a new session.</param>
    /// <param name="key">Idempotency key; null when the request has none.</param>
    /// <param name="body">The body; an empty object when there was none.</param>
    /// <param name="language">Accept-Language; null when absent.</param>
    /// <param name="amid">Awaited amid the work.</param>
    public async Task<Answer> WorkAsync(SimOperation operation, string id, string? key, JsonElement body, string? language, Func<Task> amid)
    {
        if (ShapeOf(operation).Check(body, "$") is { } fault)
        {
            return UcpProtocol.Error(400, fault.Code, fault.Message, fault.Path);
        }

        // A request without a key is like no other one.
        key ??= Guid.NewGuid().ToString("N");
        if (operation is SimOperation.Complete)
        {
            return await CompleteAsync(id, key, body, amid);
        }

        await amid();
        return operation switch
        {
            SimOperation.Create or SimOperation.Update => Change(operation, id, body, language),
            SimOperation.Cancel => _desk.Cancel(this, id, key),
            _ => _orders.Cancel(this, id, AcpFace.LinesOf(body), AcpFace.ReasonOf(body), key),
        };
    }

    private Answer Change(SimOperation operation, string id, JsonElement body, string? language)
    {
        if (operation is SimOperation.Update && JsonRead.Text(body, "id") is { } named && named != id)
        {
            return UcpProtocol.Error(400, "invalid_id", "The id in the body is not the one of the path.", "$.id");
        }

        if (_requests.Read(body, language, out var change) is { } wrong)
        {
            return Refuse(wrong);
        }

        return operation is SimOperation.Create ? _desk.Create(this, change, [], null) : _desk.Update(this, id, change);
    }

    private async Task<Answer> CompleteAsync(string id, string key, JsonElement body, Func<Task> amid)
    {
        if (UcpRequests.ReadComplete(body, key, out var attempt) is { } wrong)
        {
            return Refuse(wrong);
        }

        if (_desk.Begin(this, id, key) is { } already)
        {
            return already;
        }

        try
        {
            await amid();
            return _desk.Commit(this, id, attempt);
        }
        catch
        {
            _desk.Abandon(id);
            throw;
        }
    }

    private static Shape ShapeOf(SimOperation operation) => operation switch
    {
        SimOperation.Create => UcpShapes.Create,
        SimOperation.Update => UcpShapes.Update,
        SimOperation.Complete => UcpShapes.Complete,
        SimOperation.Cancel => UcpShapes.Empty,
        _ => AcpShapes.OrderCancel,
    };
}
