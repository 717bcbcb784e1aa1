using System.Net;
using EcuAgent.Commerce.Http;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>
/// What is seen of one request below the protocol's client. It flows with the call that sends it, so that the HTTP handler knows which of the
/// client's requests it is.
/// </summary>
internal sealed class SendMark(string method, int mostBytes)
{
    private static readonly AsyncLocal<SendMark?> Flowing = new();

    private int _sendings;

    /// <summary>Of the call that runs here.</summary>
    internal static SendMark? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    internal string Method { get; } = method;

    internal int MostBytes { get; } = mostBytes;

    /// <summary>Null until it is about to be sent.</summary>
    internal RequestBody? Body { get; private set; }

    /// <summary>Status of its answer; null where none came.</summary>
    internal HttpStatusCode? Status { get; set; }

    /// <summary>True when its answer was longer than allowed.</summary>
    internal bool IsTooLong { get; set; }

    /// <summary>True when its answer broke off.</summary>
    internal bool IsCut { get; set; }

    /// <summary>True when the client wanted to send it once more, which it does where a server asks for input.</summary>
    internal bool WasToBeRepeated { get; private set; }

    /// <summary>True when a byte of it may have left.</summary>
    internal bool HasBegun => Body?.HasBegun == true;

    /// <summary>Takes the body of the one sending.</summary>
    /// <exception cref="HttpRequestException">It was sent already.</exception>
    internal void Take(RequestBody body)
    {
        if (Interlocked.Increment(ref _sendings) > 1)
        {
            WasToBeRepeated = true;
            throw new HttpRequestException($"{Method} would have been sent twice");
        }

        Body = body;
    }
}
