using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Discovery;

/// <summary>Engines on a network without delay, and a clock that goes on from one due time to the next.</summary>
internal sealed class SdNetwork
{
    private readonly Dictionary<IPEndPoint, SdEngine> _engines = [];
    private readonly Queue<(IPEndPoint From, IPEndPoint? To, byte[] Bytes)> _inFlight = [];

    internal TimeSpan Now { get; private set; }

    /// <summary>What was sent: time, sender, receiver (null: group) and the message.</summary>
    internal List<(TimeSpan At, IPEndPoint From, IPEndPoint? To, SomeIpHeader Header, SdMessage Message)> Sent { get; } = [];

    /// <summary>Messages that fulfil it are lost.</summary>
    internal Func<SdMessage, bool> Lost { get; set; } = static _ => false;

    internal (SdEngine Engine, RecordingHost Host, SomeIpCounters Counters) Add(byte host, SdTimings? timings = null, SdLimits? limits = null)
    {
        var own = Address(host);
        var recording = new RecordingHost(own, this);
        var counters = new SomeIpCounters();
        var engine = new SdEngine(
            new SdEngineOptions { Own = own, Timings = timings ?? SdEngineTests.Timings, Limits = limits ?? new SdLimits(), SubnetPrefixLength = 8 },
            new FixedRandom(), recording, counters);
        _engines[own] = engine;
        return (engine, recording, counters);
    }

    internal static IPEndPoint Address(byte host) => new(new IPAddress([127, 0, 0, host]), 30490);

    internal void Remove(byte host) => _engines.Remove(Address(host));

    internal void Send(IPEndPoint from, IPEndPoint? to, ReadOnlySpan<byte> bytes)
    {
        var (header, message) = Parse(bytes);
        Sent.Add((Now, from, to, header, message));
        if (!Lost(message))
        {
            _inFlight.Enqueue((from, to, bytes.ToArray()));
        }
    }

    /// <summary>A message from nowhere.</summary>
    internal void Inject(byte from, byte? to, SdEntry entry, IReadOnlyList<SdOption> options, ushort session = 1, SdHeaderBits bits = SdHeaderBits.Reboot | SdHeaderBits.Unicast)
    {
        var writer = new SdMessageWriter();
        Assert.True(writer.TryAdd(entry, options));
        var bytes = new byte[writer.Size];
        writer.Write(bytes, session, bits);
        _inFlight.Enqueue((Address(from), to is null ? null : Address(to.Value), bytes));
        Deliver();
    }

    /// <summary>Lets time pass, due by due.</summary>
    internal void Pass(double milliseconds)
    {
        var end = Now + TimeSpan.FromMilliseconds(milliseconds);
        Deliver();
        while (_engines.Count > 0)
        {
            var due = _engines.Values.Min(static engine => engine.NextDue);
            if (due > end)
            {
                break;
            }

            Now = due > Now ? due : Now;
            foreach (var engine in _engines.Values.Where(engine => engine.NextDue <= Now).ToArray())
            {
                engine.Advance(Now);
                Assert.True(engine.NextDue > Now, "what is due must be done");
            }

            Deliver();
        }

        Now = end;
    }

    internal void Deliver()
    {
        while (_inFlight.TryDequeue(out var message))
        {
            var reader = new SomeIpDatagramReader(message.Bytes);
            Assert.True(reader.TryRead(out var header, out var payload, out _));
            foreach (var (own, engine) in _engines)
            {
                if (message.To is null || message.To.Equals(own))
                {
                    engine.Receive(header, payload, message.From, message.To is null, Now);
                }
            }
        }
    }

    private static (SomeIpHeader Header, SdMessage Message) Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new SomeIpDatagramReader(bytes);
        Assert.True(reader.TryRead(out var header, out var payload, out _));
        Assert.Equal(SomeIpFault.None, SdMessage.TryRead(payload, out var message));
        return (header, message!);
    }

    /// <summary>Always the middle of a range.</summary>
    private sealed class FixedRandom : Random
    {
        public override double NextDouble() => 0.5;
    }
}
