using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EcuAgent.Commerce.Http;

namespace EcuAgent.Commerce.Tests.Http;

/// <summary>What never left the car is told as such, for completing too.</summary>
public abstract class UnsentTests
{
    private readonly Dialect _dialect;

    private protected UnsentTests(Dialect dialect) => _dialect = dialect;

    [Fact]
    public async Task EveryOperation_NobodyListens_IsNotSent()
    {
        using var shop = new Shop($"http://127.0.0.1:{FreePort()}/acp", dialect: _dialect);

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.SearchAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.OpenAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.UpdateAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.GetAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.CancelAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.CancelOrderAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.GrantAsync()));
    }

    [Fact]
    public async Task Complete_MerchantGoneSinceTheQuote_IsNotSent()
    {
        var merchant = await MerchantServer.StartAsync();
        merchant.Discovery = _ => _dialect.Discovery();
        merchant.Answer = (_, _) => Answer.Json(_dialect.Session().ToJsonString(), 201);
        using var shop = new Shop(merchant.Base, dialect: _dialect);
        Assert.True((await shop.OpenAsync()).IsDone);
        await merchant.DisposeAsync();

        var answer = await shop.CompleteAsync();

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(answer));
    }

    [Fact]
    public async Task Operation_CertificateNobodyVouchesFor_IsNotSent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var merchant = await MerchantServer.StartAsync(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null));
        using var shop = new Shop(merchant.Base, dialect: _dialect);

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.OpenAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.Unreachable), Of(await shop.GetAsync()));
        Assert.Empty(merchant.Seen);
    }

    [Fact]
    public async Task Operation_HandshakeNeverAnswered_IsNotSentAfterItsTime()
    {
        await using var server = await HostileServer.StartAsync(new Script(ScriptEnd.Silence));
        using var shop = new Shop(server.Base.Replace("http://", "https://", StringComparison.Ordinal), ownClock: true, dialect: _dialect);

        var answer = await shop.Time.UntilAsync(shop.OpenAsync(), stepMs: 500);

        // In UCP it was the merchant's profile that was read first: a request without a body does not know whether it left.
        Assert.Equal((CommerceOutcome.NotSent, _dialect == Dialect.Ucp ? CommerceReasons.NoAnswer : CommerceReasons.Unreachable), Of(answer));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Operation_CancelledByItsCaller_Throws()
    {
        await using var server = await HostileServer.StartAsync(new Script(ScriptEnd.Silence));
        using var shop = new Shop(server.Base, dialect: _dialect);
        using var cancel = new CancellationTokenSource();

        var call = shop.Adapter.OpenAsync(Shop.Merchant, Shop.Order, "key", cancel.Token);
        while (server.Requests == 0)
        {
            await Task.Delay(1);
        }

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    [Fact]
    public async Task RequestBody_SecondTime_IsRefusedBeforeAByte()
    {
        using var body = new RequestBody("{}"u8.ToArray());
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        Assert.False(body.HasBegun);

        await body.CopyToAsync(first, CancellationToken.None);

        Assert.True(body.HasBegun);
        await Assert.ThrowsAsync<HttpRequestException>(() => body.CopyToAsync(second, CancellationToken.None));
        Assert.Equal((2, 0), (first.Length, second.Length));
    }

    private static (CommerceOutcome, string) Of<T>(CommerceAnswer<T> answer)
        where T : class
        => (answer.Outcome, answer.Reason);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

public sealed class AcpUnsentTests() : UnsentTests(Dialect.Acp);

public sealed class UcpUnsentTests() : UnsentTests(Dialect.Ucp);
