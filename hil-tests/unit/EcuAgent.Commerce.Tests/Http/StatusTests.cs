using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Http;

/// <summary>What each whole answer that is not a success means.</summary>
public abstract class StatusTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<JsonObject, Answer>> Unreadables = new()
    {
        ["empty"] = _ => Answer.Json(""),
        ["null"] = _ => Answer.Json("null"),
        ["list"] = _ => Answer.Json("[]"),
        ["number"] = _ => Answer.Json("7"),
        ["nothing in it"] = _ => Answer.Json("{}"),
        ["html"] = whole => new Answer(200, whole.ToJsonString(), "text/html"),
        ["no type"] = whole => new Answer(200, whole.ToJsonString(), null),
        ["another charset"] = whole => new Answer(200, whole.ToJsonString(), "application/json; charset=utf-16"),
        ["status 202"] = whole => Answer.Json(whole.ToJsonString(), 202),
        ["status 206"] = whole => Answer.Json(whole.ToJsonString(), 206),
        ["status 204"] = _ => new Answer(204, "", null),
        ["two of it"] = whole => Answer.Json(whole.ToJsonString() + "{}"),
        ["cut"] = whole => Answer.Json(whole.ToJsonString()[..^2]),
        ["another one's id"] = whole => Answer.Json(whole.With("id", "cs_other").ToJsonString()),
        ["no id"] = whole => Answer.Json(whole.With("id", "").ToJsonString()),
        ["no status"] = whole => Answer.Json(whole.With("status", null).ToJsonString()),
        ["no totals"] = whole => Answer.Json(whole.With("totals", null).ToJsonString()),
        ["a broken amount"] = whole => Answer.Json(whole.ToJsonString().Replace("1590", "15.9")),
        ["an amount as text"] = whole => Answer.Json(whole.ToJsonString().Replace("1590", "\"1590\"")),
        ["an amount too large"] = whole => Answer.Json(whole.ToJsonString().Replace("1590", "99999999999999999999")),
        ["quantity 0"] = whole => Answer.Json(whole.ToJsonString().Replace("\"quantity\":1", "\"quantity\":0")),
        ["a member twice"] = whole => Answer.Json("{\"status\":\"canceled\"," + whole.ToJsonString()[1..]),
        ["too deep"] = _ => Answer.Json(new string('[', 100) + new string(']', 100)),
        ["a line that is none"] = whole => Answer.Json(whole.With("line_items", new JsonArray((JsonNode?)null)).ToJsonString()),
    };

    private readonly Dialect _dialect;
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    private protected StatusTests(Dialect dialect) => _dialect = dialect;

    private protected MerchantServer Merchant => _merchant;

    private protected Shop Shop => _shop;

    public static TheoryData<string> Unreadable => [.. Unreadables.Keys];

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Discovery = _ => _dialect.Discovery();
        _shop = new Shop(_merchant.Base, dialect: _dialect);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(404, "feed_not_found")]
    [InlineData(400, "invalid_feed")]
    public async Task Search_FlatError_KeepsItsCode(int status, string code)
    {
        _merchant.Answer = (_, _) => Answer.Error(status, code);

        Assert.Equal((CommerceOutcome.Refused, code), Of(await _shop.SearchAsync()));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Session_Redirect_IsNeverFollowed(int status)
    {
        await KnowTheSessionAsync();
        await using var elsewhere = await MerchantServer.StartAsync();
        _merchant.Answer = (_, _) => Answer.Json(_dialect.Completed().ToJsonString(), status).With("Location", new Uri(elsewhere.Address, "steal").ToString());

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GrantAsync()));
        Assert.Empty(elsewhere.Seen);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(451)]
    public async Task Session_RefusalWithoutAnErrorBody_IsNoWordOfTheMerchants(int status)
    {
        await KnowTheSessionAsync();
        foreach (var answer in new[]
        {
            new Answer(status, "<html>nginx</html>", "text/html"),
            new Answer(status, "", null),
            Answer.Json("{}", status),
            Answer.Json("""{"error":{"type":"invalid_request","code":"nested","message":"m"}}""", status),
            _dialect.Error(status, "code") with { ContentType = "text/plain" },
        })
        {
            _merchant.Answer = (_, _) => answer;
            Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
            Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
        }
    }

    [Fact]
    public async Task Session_UnauthorizedWithoutABody_IsRefused()
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => new Answer(401, "", null);

        Assert.Equal((CommerceOutcome.Refused, "unauthorized"), Of(await _shop.CompleteAsync()));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Session_AnswerThatIsNone_IsUnknown(string what)
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => Unreadables[what](_dialect.Completed());

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
    }

    [Fact]
    public async Task Session_CompressedAnswer_IsUnknown()
    {
        _merchant.Answer = (_, _) => Answer.Json(_dialect.Session().ToJsonString()).With("Content-Encoding", "gzip");

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
    }

    private protected async Task KnowTheSessionAsync()
    {
        _merchant.Answer = (_, _) => Answer.Json(_dialect.Session().ToJsonString());
        Assert.True((await _shop.GetAsync()).IsDone);
    }

    private protected static (CommerceOutcome, string) Of<T>(CommerceAnswer<T> answer)
        where T : class
        => (answer.Outcome, answer.Reason);
}
