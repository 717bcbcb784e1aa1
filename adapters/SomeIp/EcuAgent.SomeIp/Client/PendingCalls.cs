using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Client;

/// <summary>The calls of one node by session id, with their deadlines. Bounded; a call more is refused.</summary>
internal sealed class PendingCalls : IDisposable
{
    private readonly SomeIpRuntime _runtime;
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, PendingCall> _waiting;
    private readonly Stack<PendingCall> _free;
    private readonly List<PendingCall> _ended = [];
    private readonly ITimer _timer;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private ushort _lastSession;

    internal PendingCalls(SomeIpRuntime runtime)
    {
        _runtime = runtime;
        _waiting = new Dictionary<ushort, PendingCall>(runtime.Options.MaxPendingCalls);
        _free = new Stack<PendingCall>(runtime.Options.MaxPendingCalls);
        _timer = runtime.Time.CreateTimer(static state => ((PendingCalls)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _runtime.Time.GetElapsedTime(0);

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Next session id, 1 to 0xFFFF, none that a call waits with.</summary>
    internal ushort NextSession()
    {
        lock (_lock)
        {
            return NextSession_NeedsLock();
        }
    }

    /// <summary>Null when as many calls wait as allowed, which is counted.</summary>
    internal PendingCall? Begin(
        ushort serviceId, ushort methodId, in EndpointKey server, TcpConnection? tcp, Memory<byte>? destination, TimeSpan timeout, bool blocking)
    {
        lock (_lock)
        {
            if (_waiting.Count >= _runtime.Options.MaxPendingCalls)
            {
                _runtime.Counters.Add(SomeIpFault.CallsFull);
                return null;
            }

            var call = _free.Count > 0 ? _free.Pop() : new PendingCall(this);
            var now = Now;
            var deadline = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : now + timeout;
            call.Begin(serviceId, methodId, server, tcp, destination, deadline, blocking);
            call.SessionId = NextSession_NeedsLock();
            _waiting.Add(call.SessionId, call);
            if (deadline < _armedFor)
            {
                Arm_NeedsLock(deadline, now);
            }

            return call;
        }
    }

    /// <summary>The call that this answer belongs to, taken out of the table; null when there is none.</summary>
    internal PendingCall? Take(in MessageOrigin origin, in SomeIpHeader header)
    {
        lock (_lock)
        {
            if (header.ClientId != _runtime.Options.ClientId || !_waiting.TryGetValue(header.SessionId, out var call) ||
                call.ServiceId != header.ServiceId || call.MethodId != header.MethodId || call.Server != origin.Key || call.Tcp != origin.Tcp)
            {
                return null;
            }

            _waiting.Remove(header.SessionId);
            return call;
        }
    }

    /// <summary>True for the one caller who may end this call.</summary>
    internal bool TryTake(PendingCall call)
    {
        lock (_lock)
        {
            return _waiting.TryGetValue(call.SessionId, out var found) && found == call && _waiting.Remove(call.SessionId);
        }
    }

    /// <summary>Ends the calls to a server that is gone, over this connection or, without one, over UDP.</summary>
    internal void Fail(in EndpointKey server, TcpConnection? tcp, SomeIpCallOutcome outcome)
    {
        var ended = new List<PendingCall>();
        lock (_lock)
        {
            foreach (var call in _waiting.Values)
            {
                if (call.Server == server && call.Tcp == tcp)
                {
                    ended.Add(call);
                }
            }

            foreach (var call in ended)
            {
                _waiting.Remove(call.SessionId);
            }
        }

        foreach (var call in ended)
        {
            call.Complete(outcome);
        }
    }

    internal void Return(PendingCall call)
    {
        lock (_lock)
        {
            if (_free.Count < _runtime.Options.MaxPendingCalls)
            {
                _free.Push(call);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        PendingCall[] ended;
        lock (_lock)
        {
            ended = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (var call in ended)
        {
            call.Complete(SomeIpCallOutcome.ConnectionLost);
        }
    }

    private ushort NextSession_NeedsLock()
    {
        do
        {
            _lastSession = _lastSession == ushort.MaxValue ? (ushort)1 : (ushort)(_lastSession + 1);
        }
        while (_waiting.ContainsKey(_lastSession));
        return _lastSession;
    }

    private void Arm_NeedsLock(TimeSpan deadline, TimeSpan now)
    {
        _armedFor = deadline;
        _timer.Change(deadline > now ? deadline - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_ended)
        {
            lock (_lock)
            {
                var now = Now;
                var next = TimeSpan.MaxValue;
                foreach (var call in _waiting.Values)
                {
                    if (call.Deadline <= now)
                    {
                        _ended.Add(call);
                    }
                    else if (call.Deadline < next)
                    {
                        next = call.Deadline;
                    }
                }

                foreach (var call in _ended)
                {
                    _waiting.Remove(call.SessionId);
                }

                _armedFor = TimeSpan.MaxValue;
                if (next < TimeSpan.MaxValue)
                {
                    Arm_NeedsLock(next, now);
                }
            }

            foreach (var call in _ended)
            {
                call.Complete(SomeIpCallOutcome.TimedOut);
            }

            _ended.Clear();
        }
    }
}
