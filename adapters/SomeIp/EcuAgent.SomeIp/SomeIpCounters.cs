using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.SomeIp;

/// <summary>What a node sent, received and refused. Thread-safe; counting allocates nothing.</summary>
public sealed class SomeIpCounters
{
    private static readonly SomeIpFault[] Faults = Enum.GetValues<SomeIpFault>();

    private readonly long[] _faults = new long[Faults.Length];
    private readonly ILogger _logger;
    private long _messagesReceived;
    private long _messagesSent;

    public SomeIpCounters(ILogger? logger = null) => _logger = logger ?? NullLogger.Instance;

    /// <summary>Messages taken, TP segments counted singly.</summary>
    public long MessagesReceived => Interlocked.Read(ref _messagesReceived);

    /// <summary>Messages sent, TP segments and receivers counted singly.</summary>
    public long MessagesSent => Interlocked.Read(ref _messagesSent);

    public long this[SomeIpFault fault] => Interlocked.Read(ref _faults[(int)fault]);

    /// <summary>Sum over all faults.</summary>
    public long TotalFaults => Faults.Sum(fault => this[fault]);

    internal void Received() => Interlocked.Increment(ref _messagesReceived);

    internal void Sent() => Interlocked.Increment(ref _messagesSent);

    /// <summary>Counts; logs the 1st, 10th, 100th and so on of a kind, so that a flood does not fill the log.</summary>
    internal void Add(SomeIpFault fault)
    {
        var count = Interlocked.Increment(ref _faults[(int)fault]);
        if (IsPowerOfTen(count))
        {
            Log.Fault(_logger, fault, count);
        }
    }

    private static bool IsPowerOfTen(long count)
    {
        while (count % 10 == 0)
        {
            count /= 10;
        }

        return count == 1;
    }
}
