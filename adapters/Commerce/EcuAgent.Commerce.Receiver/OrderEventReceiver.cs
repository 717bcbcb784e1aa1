using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Receiver;

/// <summary>
/// Listens for order events, <c>POST /orders/MERCHANT</c> and, of merchants that name themselves as UCP's do, <c>POST /orders</c>, and hands over
/// those that are genuine and new. Kestrel alone: no host is run, and nothing is read from files or the environment.
/// </summary>
public sealed class OrderEventReceiver : IAsyncDisposable
{
    private const int MostPemBytes = 64 * 1024;
    private const int MostHeaders = 40;
    private const int MostHeaderBytes = 16 * 1024;
    private const int MostLineBytes = 2 * 1024;

    private readonly WebApplication _owner;
    private readonly IServer _server;
    private readonly X509Certificate2? _certificate;
    private readonly EventExchange _exchange;

    private OrderEventReceiver(WebApplication owner, X509Certificate2? certificate, EventExchange exchange)
    {
        _owner = owner;
        _server = owner.Services.GetRequiredService<IServer>();
        _certificate = certificate;
        _exchange = exchange;
    }

    /// <summary>Where it listens, with the port in use.</summary>
    public Uri Url => new(_server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What became of the requests so far.</summary>
    public ReceiverCounters Counters => _exchange.Counters;

    /// <summary>Listens from now on.</summary>
    /// <param name="options">Where and how; <see cref="ReceiverOptions.Listen"/> is set.</param>
    /// <param name="webhooks">Says which events are genuine and new.</param>
    /// <param name="handOver">Takes those; false where there is no room. Must not wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ReceiverException">The address cannot be listened on, or the certificate cannot be used.</exception>
    public static async Task<OrderEventReceiver> StartAsync(
        ReceiverOptions options, OrderWebhooks webhooks, Func<OrderUpdate, bool> handOver, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(loggers);
        if (options.Faults() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var (address, isHttps) = options.Read() ?? throw new ArgumentException($"{nameof(options.Listen)} is not set", nameof(options));
        var logger = loggers.CreateLogger("EcuAgent.Commerce.Receiver");
        var https = isHttps ? ReadCertificate(options) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Limit(kestrel, options);
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (https is not null)
                {
                    listen.UseHttps(https);
                }
            });
        });
        var receiver = new OrderEventReceiver(
            builder.Build(), https?.ServerCertificate, new EventExchange(webhooks, handOver, options.RequestTimeout, time, logger));
        try
        {
            await receiver._server.StartAsync(receiver._exchange, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await receiver.DisposeAsync().ConfigureAwait(false);
            var what = error.InnerException is AddressInUseException ? "the port is in use" : error.Message;
            throw new ReceiverException($"{nameof(options.Listen)} = {options.Listen}; {what}", error);
        }

        if (https?.ServerCertificate is { } certificate)
        {
            Log.Certificate(logger, new DateTimeOffset(certificate.NotAfter));
        }

        Log.Listening(logger, webhooks.Senders, receiver.Url);
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What is under way may end, but nobody waits for it: an event that was not answered is sent again.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _owner.DisposeAsync().ConfigureAwait(false);
        _certificate?.Dispose();
    }

    private static void Limit(KestrelServerOptions kestrel, ReceiverOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = OrderWebhooks.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MostLineBytes;
        kestrel.Limits.RequestHeadersTimeout = options.RequestTimeout;
        kestrel.Limits.KeepAliveTimeout = options.RequestTimeout;
    }

    private static HttpsConnectionAdapterOptions ReadCertificate(ReceiverOptions options)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            var (key, problem) = OwnerOnlyFile.Read(options.CertificateKeyFile!, MostPemBytes);
            if (key is null)
            {
                throw new ReceiverException($"{nameof(options.CertificateKeyFile)}: {problem}");
            }

            chain.ImportFromPemFile(options.CertificateFile!);
            return new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPem(File.ReadAllText(options.CertificateFile!), key),
                ServerCertificateChain = chain,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                HandshakeTimeout = options.RequestTimeout,
            };
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ReceiverException($"{nameof(options.CertificateFile)} = {options.CertificateFile}; {error.Message}", error);
        }
    }
}
