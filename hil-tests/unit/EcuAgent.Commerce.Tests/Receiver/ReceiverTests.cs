using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EcuAgent.Commerce.Receiver;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Commerce.Tests.Receiver;

/// <summary>The listener for order events, over real sockets.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task Event_GenuineAndNew_IsHandedOver()
    {
        await using var rig = await ReceiverRig.StartAsync();

        Assert.Equal((200, "{\"received\":true}"), await rig.PostAsync(ReceiverRig.Event()));

        var update = Assert.Single(rig.HandedOver);
        Assert.Equal(("trattoria", Sessions.Id, Sessions.OrderId), (update.MerchantId, update.SessionId, update.Order.OrderId));
        Assert.Equal(new ReceiverCounters { Taken = 1 }, rig.Receiver.Counters);
        Assert.Contains(rig.Logs.Lines, line => line.Id == 2260 && line.Text.Contains(rig.Receiver.Url.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_DuplicateAndLate_AreAnswered200AndNotHandedOver()
    {
        await using var rig = await ReceiverRig.StartAsync();
        var body = ReceiverRig.Event();
        await rig.PostAsync(body);

        Assert.Equal(200, (await rig.PostAsync(body)).Status);
        var older = ReceiverRig.Event("processing");
        Assert.Equal(200, (await rig.PostAsync(older, rig.Sign(older, ageS: 60))).Status);

        Assert.Single(rig.HandedOver);
        Assert.Equal(new ReceiverCounters { Taken = 1, Duplicate = 1, Late = 1 }, rig.Receiver.Counters);
    }

    [Fact]
    public async Task Event_ForgedStaleOrUnsigned_Is401AndSaysNothingOfIt()
    {
        await using var rig = await ReceiverRig.StartAsync();
        var body = ReceiverRig.Event();
        var answers = new[]
        {
            await rig.PostAsync(body, rig.Sign(body, "another-secret")),
            await rig.PostAsync(body, rig.Sign(body, ageS: 3600)),
            await rig.PostAsync(body, "planted-word"),
            await rig.SendAsync(HttpMethod.Post, "/orders/trattoria", new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, null),
        };

        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Empty(rig.HandedOver);
        Assert.Equal(new ReceiverCounters { NotGenuine = 4 }, rig.Receiver.Counters);
        Assert.DoesNotContain(rig.Logs.Lines, line => line.Text.Contains("planted-word", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/orders/nobody", 404)]
    [InlineData("/orders/", 404)]
    [InlineData("/orders", 404)]
    [InlineData("/ordersx", 404)]
    [InlineData("/orders/trattoria/", 404)]
    [InlineData("/orders/trattoria?x=1", 404)]
    [InlineData("/orders/Trattoria", 404)]
    [InlineData("/", 404)]
    [InlineData("/orders/trattoria", 200)]
    public async Task Path_OfNoSender_Is404(string path, int status)
    {
        await using var rig = await ReceiverRig.StartAsync();

        Assert.Equal(status, (await rig.PostAsync(ReceiverRig.Event(), path: path)).Status);
        Assert.Equal(status == 200 ? 1 : 0, rig.HandedOver.Count);
    }

    [Fact]
    public async Task Path_OfAMerchantWithoutASecret_Is404AsForAnyOther()
    {
        await using var rig = await ReceiverRig.StartAsync(registry: registry => registry["merchants"]![0]!.AsObject().Remove("webhookSecret"));

        var silent = await rig.PostAsync(ReceiverRig.Event());
        Assert.Equal((404, silent.Body), await rig.PostAsync(ReceiverRig.Event(), path: "/orders/nobody"));
        Assert.Equal(404, silent.Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public async Task Method_OtherThanPost_Is405(string method)
    {
        await using var rig = await ReceiverRig.StartAsync();

        Assert.Equal(405, (await rig.SendAsync(new HttpMethod(method), "/orders/trattoria", null, null)).Status);
        Assert.Equal(new ReceiverCounters { Malformed = 1 }, rig.Receiver.Counters);
    }

    [Theory]
    [InlineData("", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/JSON", 200)]
    public async Task ContentType_OtherThanJson_Is415(string type, int status)
    {
        await using var rig = await ReceiverRig.StartAsync();

        Assert.Equal(status, (await rig.PostAsync(ReceiverRig.Event(), type: type)).Status);
    }

    [Fact]
    public async Task Body_Compressed_Is415()
    {
        await using var rig = await ReceiverRig.StartAsync();
        var body = ReceiverRig.Event();
        var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } };

        Assert.Equal(415, (await rig.SendAsync(HttpMethod.Post, "/orders/trattoria", content, rig.Sign(body))).Status);
    }

    [Fact]
    public async Task Body_SignedButNoEvent_Is400()
    {
        await using var rig = await ReceiverRig.StartAsync();

        var (status, answer) = await rig.PostAsync("{\"planted\":\"word\"}"u8.ToArray());

        Assert.Equal(400, status);
        Assert.DoesNotContain("planted", answer, StringComparison.Ordinal);
        Assert.Equal(new ReceiverCounters { NotUnderstood = 1 }, rig.Receiver.Counters);
    }

    [Theory]
    [InlineData("Content-Length: 262145\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task Body_TooLong_Is413BeforeItHasArrived(string framing)
    {
        await using var rig = await ReceiverRig.StartAsync();
        await using var stream = await rig.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /orders/trattoria HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framing}"));
        var answer = ReceiverRig.ReadToEndAsync(stream);
        if (framing.StartsWith("Transfer", StringComparison.Ordinal))
        {
            var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
            for (var i = 0; i < 5; i++)
            {
                await stream.WriteAsync(chunk);
            }
        }

        Assert.StartsWith("HTTP/1.1 413", await answer, StringComparison.Ordinal);
        Assert.Equal(new ReceiverCounters { Malformed = 1 }, rig.Receiver.Counters);
    }

    [Fact]
    public async Task Body_OfTheLongestLength_IsRead()
    {
        await using var rig = await ReceiverRig.StartAsync();
        var body = ReceiverRig.Event().Concat(Enumerable.Repeat((byte)' ', OrderWebhooks.MaxBodyBytes)).Take(OrderWebhooks.MaxBodyBytes).ToArray();

        Assert.Equal(200, (await rig.PostAsync(body)).Status);
    }

    [Fact]
    public async Task Body_ThatNeverEnds_Is408AndTheConnectionIsClosed()
    {
        await using var rig = await ReceiverRig.StartAsync();
        await using var stream = await rig.ConnectAsync();
        await stream.WriteAsync("POST /orders/trattoria HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());

        var answer = await rig.Time.UntilAsync(ReceiverRig.ReadToEndAsync(stream), stepMs: 500);

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal(new ReceiverCounters { Malformed = 1 }, rig.Receiver.Counters);
    }

    [Fact]
    public async Task Headers_ThatNeverEnd_AreCutOffAndHoldUpNobody()
    {
        await using var rig = await ReceiverRig.StartAsync(ReceiverRig.Loopback with { RequestTimeout = TimeSpan.FromSeconds(1) });
        await using var slow = await rig.ConnectAsync();
        await slow.WriteAsync("POST /orders/trattoria HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray());

        Assert.Equal(200, (await rig.PostAsync(ReceiverRig.Event())).Status);

        Assert.DoesNotContain(" 200 ", await ReceiverRig.ReadToEndAsync(slow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_TooLong_AreRefused()
    {
        await using var rig = await ReceiverRig.StartAsync();
        await using var stream = await rig.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /orders/trattoria HTTP/1.1\r\nHost: x\r\nX-Long: {new string('a', 20_000)}\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 431", await ReceiverRig.ReadToEndAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_MoreThanAllowed_AreClosed()
    {
        await using var rig = await ReceiverRig.StartAsync(ReceiverRig.Loopback with { MaxConnections = 2 });
        await using var first = await HeldAsync(rig);
        await using var second = await HeldAsync(rig);
        await using var third = await rig.ConnectAsync();

        Assert.Equal("", await ReceiverRig.ReadToEndAsync(third));
        Assert.StartsWith("HTTP/1.1 404", await AskAsync(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_Full_Is503AndTheSameEventIsTakenLater()
    {
        await using var rig = await ReceiverRig.StartAsync();
        rig.HasRoom = false;
        var body = ReceiverRig.Event();

        Assert.Equal(503, (await rig.PostAsync(body)).Status);
        Assert.Equal(401, (await rig.PostAsync(body, "t=1,v1=0")).Status);
        rig.HasRoom = true;
        Assert.Equal(200, (await rig.PostAsync(body)).Status);

        Assert.Single(rig.HandedOver);
        Assert.Equal(new ReceiverCounters { Taken = 1, NoRoom = 1, NotGenuine = 1 }, rig.Receiver.Counters);
    }

    [Fact]
    public async Task Events_ManyAtOnce_AreEachTakenOnce()
    {
        await using var rig = await ReceiverRig.StartAsync();
        var bodies = Enumerable.Range(0, 20).Select(i => ReceiverRig.Event(order: $"ord_{i}")).ToArray();

        var answers = await Task.WhenAll(bodies.Concat(bodies).Select(body => rig.PostAsync(body)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(20, rig.HandedOver.Select(update => update.Order.OrderId).Distinct().Count());
        Assert.Equal((20, 20, 20), (rig.HandedOver.Count, rig.Receiver.Counters.Taken, rig.Receiver.Counters.Duplicate));
    }

    [Fact]
    public async Task Port_InUse_IsAFaultThatNamesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var listen = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var error = await Assert.ThrowsAsync<ReceiverException>(() => ReceiverRig.StartAsync(new ReceiverOptions { Listen = listen }));

        Assert.Equal($"Listen = {listen}; the port is in use", error.Message);
    }

    [Fact]
    public async Task Address_ThatThisMachineHasNot_IsAFaultThatNamesIt()
    {
        using var folder = new CertificateFolder();
        var options = folder.Options with { Listen = "https://192.0.2.7:0", AllowAddress = "192.0.2.7" };

        var error = await Assert.ThrowsAsync<ReceiverException>(() => ReceiverRig.StartAsync(options));

        Assert.StartsWith("Listen = https://192.0.2.7:0; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_WithACertificate_IsSpoken()
    {
        using var folder = new CertificateFolder();
        await using var rig = await ReceiverRig.StartAsync(folder.Options);
        await using var stream = await rig.ConnectAsync();
        using var tls = new SslStream(stream, leaveInnerStreamOpen: true, (_, certificate, _, _) => certificate?.GetCertHashString() == folder.Thumbprint);
        await tls.AuthenticateAsClientAsync("localhost");

        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(tls);

        Assert.StartsWith("HTTP/1.1 404", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("https", rig.Receiver.Url.Scheme);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, null, "is open to others")]
    [InlineData(UnixFileMode.UserRead, "not a key", "CertificateFile")]
    public async Task Https_KeyThatCannotBeUsed_IsAFault(UnixFileMode mode, string? content, string hint)
    {
        using var folder = new CertificateFolder();
        if (content is not null)
        {
            await File.WriteAllTextAsync(folder.Options.CertificateKeyFile!, content);
        }

        File.SetUnixFileMode(folder.Options.CertificateKeyFile!, mode);

        var error = await Assert.ThrowsAsync<ReceiverException>(() => ReceiverRig.StartAsync(folder.Options));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    private static async Task<NetworkStream> HeldAsync(ReceiverRig rig)
    {
        var stream = await rig.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 400", await AskAsync(stream, "POST /orders/trattoria HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nMerchant-Signature: SIGNED\r\n\r\n{}".Replace("SIGNED", rig.Sign("{}"u8.ToArray()), StringComparison.Ordinal)), StringComparison.Ordinal);
        return stream;
    }

    private static async Task<string> AskAsync(NetworkStream stream, string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }

    private sealed class CertificateFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-receiver-");

        internal CertificateFolder()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            Thumbprint = certificate.Thumbprint;
            Options = ReceiverRig.Loopback with
            {
                Listen = "https://127.0.0.1:0",
                CertificateFile = Path.Combine(_folder.FullName, "certificate.pem"),
                CertificateKeyFile = Path.Combine(_folder.FullName, "key.pem"),
            };
            File.WriteAllText(Options.CertificateFile, certificate.ExportCertificatePem());
            File.WriteAllText(Options.CertificateKeyFile, key.ExportPkcs8PrivateKeyPem());
            File.SetUnixFileMode(Options.CertificateKeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        internal ReceiverOptions Options { get; }

        internal string Thumbprint { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
