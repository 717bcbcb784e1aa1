using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A real Kestrel on 127.0.0.1 below HTTP: takes a whole request and then sends whatever bytes the test says.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Script _script;
    private int _requests;

    private HostileServer(WebApplication app, Script script)
    {
        _app = app;
        _script = script;
    }

    /// <summary>Whole requests that arrived.</summary>
    internal int Requests => Volatile.Read(ref _requests);

    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    internal string Base => new Uri(Address, "acp").AbsoluteUri;

    internal static async Task<HostileServer> StartAsync(Script script)
    {
        HostileServer? server = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => server!.HandleAsync(connection))));
        server = new HostileServer(builder.Build(), script);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.First());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(ConnectionContext connection)
    {
        try
        {
            if (!await ReadRequestAsync(connection.Transport.Input, connection.ConnectionClosed))
            {
                return;
            }

            Interlocked.Increment(ref _requests);
            foreach (var piece in _script.Pieces)
            {
                await connection.Transport.Output.WriteAsync(piece, connection.ConnectionClosed);
            }

            switch (_script.End)
            {
                case ScriptEnd.Reset:
                    connection.Abort(new ConnectionAbortedException("as the test says"));
                    break;
                case ScriptEnd.Silence:
                    await WaitForCloseAsync(connection);
                    break;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            // The client went away, which is what most of these answers are for.
        }
    }

    private static async Task WaitForCloseAsync(ConnectionContext connection)
    {
        var closed = new TaskCompletionSource();
        await using var registration = connection.ConnectionClosed.Register(closed.SetResult);
        await closed.Task;
    }

    private static async Task<bool> ReadRequestAsync(PipeReader input, CancellationToken closed)
    {
        while (true)
        {
            var read = await input.ReadAsync(closed);
            var text = Encoding.ASCII.GetString(read.Buffer.ToArray());
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && read.Buffer.Length >= end + 4 + LengthIn(text[..end]))
            {
                input.AdvanceTo(read.Buffer.End);
                return true;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return false;
            }
        }
    }

    private static int LengthIn(string head) =>
        head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..]))
            .FirstOrDefault();
}

/// <summary>How a connection ends after the script's bytes.</summary>
internal enum ScriptEnd
{
    /// <summary>Closed in order.</summary>
    Close,

    /// <summary>Torn down.</summary>
    Reset,

    /// <summary>Nothing more, until the client gives up.</summary>
    Silence,
}

/// <summary>Bytes that answer a request, and the end after them.</summary>
internal sealed record Script(ScriptEnd End, params string[] Texts)
{
    internal IEnumerable<ReadOnlyMemory<byte>> Pieces => Texts.Select(text => (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(text));
}
