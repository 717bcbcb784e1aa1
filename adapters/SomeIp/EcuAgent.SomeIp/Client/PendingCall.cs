using System.Threading.Tasks.Sources;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Client;

/// <summary>A call that waits for its answer; pooled by <see cref="PendingCalls"/>.</summary>
internal sealed class PendingCall(PendingCalls owner) : IValueTaskSource<SomeIpCallResult>
{
    private readonly object _gate = new();
    private ManualResetValueTaskSourceCore<SomeIpCallResult> _core = new() { RunContinuationsAsynchronously = true };
    private SomeIpCallResult _result;
    private bool _blocking;
    private bool _done;

    internal ushort ServiceId { get; private set; }

    internal ushort MethodId { get; private set; }

    internal ushort SessionId { get; set; }

    internal EndpointKey Server { get; private set; }

    internal TcpConnection? Tcp { get; private set; }

    internal TimeSpan Deadline { get; private set; }

    internal CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Where the answer goes; null: into an array of its own.</summary>
    private Memory<byte>? Destination { get; set; }

    internal void Begin(
        ushort serviceId, ushort methodId, in EndpointKey server, TcpConnection? tcp, Memory<byte>? destination, TimeSpan deadline, bool blocking)
    {
        (ServiceId, MethodId, Server, Tcp, Destination, Deadline, _blocking, _done) = (serviceId, methodId, server, tcp, destination, deadline, blocking, false);
        _core.Reset();
    }

    internal ValueTask<SomeIpCallResult> Task => new(this, _core.Version);

    /// <summary>Ends the call; only who has taken it out of the table may do so.</summary>
    internal void Complete(SomeIpReturnCode code, ReadOnlySpan<byte> payload)
    {
        var destination = Destination ?? new byte[payload.Length];
        var length = Math.Min(payload.Length, destination.Length);
        payload[..length].CopyTo(destination.Span);
        Complete(new SomeIpCallResult(SomeIpCallOutcome.Answered, code, destination[..length], payload.Length));
    }

    internal void Complete(SomeIpCallOutcome outcome) => Complete(new SomeIpCallResult(outcome, SomeIpReturnCode.Ok, default, 0));

    internal void Cancel(CancellationToken token) => _core.SetException(new OperationCanceledException(token));

    internal SomeIpCallResult Wait()
    {
        lock (_gate)
        {
            while (!_done)
            {
                Monitor.Wait(_gate);
            }
        }

        var result = _result;
        owner.Return(this);
        return result;
    }

    SomeIpCallResult IValueTaskSource<SomeIpCallResult>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Cancellation.Dispose();
            Cancellation = default;
            owner.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<SomeIpCallResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<SomeIpCallResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Complete(in SomeIpCallResult result)
    {
        if (!_blocking)
        {
            _core.SetResult(result);
            return;
        }

        lock (_gate)
        {
            _result = result;
            _done = true;
            Monitor.Pulse(_gate);
        }
    }
}
