namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>An answer as it came.</summary>
internal sealed record Reply(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Raw)
{
    public JsonElement Body
    {
        get
        {
            using var document = JsonDocument.Parse(Raw);
            return document.RootElement.Clone();
        }
    }

    public string Id => Text("id")!;

    public string? State => Text("status");

    public string? Code => Text("code");

    public string? Param => Text("param");

    public long Total => Amount("total");

    public JsonElement Order => Body.GetProperty("order");

    public string OrderId => Order.GetProperty("id").GetString()!;

    public string OrderState => Order.GetProperty("status").GetString()!;

    public string[] EventTypes => [.. Order.GetProperty("fulfillments")[0].GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    /// <summary>Codes of the session's messages; "info" for information.</summary>
    public string[] Messages => [.. Body.GetProperty("messages").EnumerateArray().Select(m => m.TryGetProperty("code", out var code) ? code.GetString()! : "info")];

    public JsonElement Message(string code) =>
        Body.GetProperty("messages").EnumerateArray().Single(m => m.TryGetProperty("code", out var found) && found.GetString() == code);

    public JsonElement Option(string id) => Body.GetProperty("fulfillment_options").EnumerateArray().Single(o => o.GetProperty("id").GetString() == id);

    public JsonElement Line(int index = 0) => Body.GetProperty("line_items")[index];

    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.GetString() : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public long Amount(string type) => Body.GetProperty("totals").EnumerateArray().Where(t => t.GetProperty("type").GetString() == type).Sum(t => t.GetProperty("amount").GetInt64());

    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {System.Text.Encoding.UTF8.GetString(Raw)}");
        return this;
    }
}
