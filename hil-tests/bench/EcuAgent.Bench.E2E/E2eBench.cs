using System.IO.Hashing;
using EcuAgent.Bench.Service;
using EcuAgent.E2E;

namespace EcuAgent.Bench.E2E;

/// <summary>Protect and check of one message, each profile, beside two CRCs of System.IO.Hashing over the same bytes.</summary>
internal static class E2eBench
{
    private static readonly int[] Lengths = [64, 1400];

    private static readonly Crc32ParameterSet P4 = Crc32ParameterSet.Create(0xF4ACFB13, uint.MaxValue, uint.MaxValue, true);

    private static readonly E2eOptions[] Profiles =
    [
        new P01Options { MaxLengthBytes = 1400 },
        new P02Options { MaxLengthBytes = 1400, DataIds = [.. Enumerable.Range(0, 16)] },
        new P04Options(),
        new P05Options(),
        new P07Options(),
    ];

    internal static object Run()
    {
        var load = Machine.LoadAverage();
        var rows = Lengths.SelectMany(Measure).ToArray();
        return new { bench = "e2e", load_before = load, load_after = Machine.LoadAverage(), rows };
    }

    private static IEnumerable<object> Measure(int length)
    {
        var peerBytes = new byte[length];
        Random.Shared.NextBytes(peerBytes);

        // The peers compute two CRCs a call, as protect and check do.
        var actions = new List<Action<int>>
        {
            calls => Sink(calls, peerBytes, bytes => Crc32.HashToUInt32(bytes) ^ Crc32.HashToUInt32(bytes)),
            calls => Sink(calls, peerBytes, bytes => Crc32.HashToUInt32(P4, bytes) ^ Crc32.HashToUInt32(P4, bytes)),
        };
        actions.AddRange(Profiles.Select(p => RoundTrip(p, length)));
        var results = Turns.Measure(actions);
        for (var i = 0; i < Profiles.Length; i++)
        {
            var mine = results[i + 2];
            Console.Error.WriteLine($"{Profiles[i].Profile} {length} bytes: {mine.Nanoseconds} ns ({mine.Least} to {mine.Greatest}), {mine.AllocatedBytes} bytes allocated");
            yield return new
            {
                profile = Profiles[i].Profile.ToString(),
                bytes = length,
                ns = mine.Nanoseconds,
                ns_least = mine.Least,
                ns_greatest = mine.Greatest,
                allocated_bytes = mine.AllocatedBytes,
                crc32_ns = results[0].Nanoseconds,
                crc32_ns_least = results[0].Least,
                to_crc32 = Math.Round(mine.Nanoseconds / results[0].Nanoseconds, 2),
                crc32p4_ns = results[1].Nanoseconds,
                crc32p4_ns_least = results[1].Least,
                to_crc32p4 = Math.Round(mine.Nanoseconds / results[1].Nanoseconds, 2),
                least_to_least_crc32 = Math.Round(mine.Least / results[0].Least, 2),
                least_to_least_crc32p4 = Math.Round(mine.Least / results[1].Least, 2),
            };
        }
    }

    private static Action<int> RoundTrip(E2eOptions options, int length)
    {
        var message = new byte[length];
        Random.Shared.NextBytes(message);
        var protector = new E2eProtector(options);
        var receiver = new E2eReceiver(options, new E2eWindowOptions());
        protector.Protect(message);
        receiver.Receive(message);
        return calls =>
        {
            for (var i = 0; i < calls; i++)
            {
                protector.Protect(message);
                if (!receiver.Receive(message).IsUsable)
                {
                    throw new InvalidOperationException($"{options.Profile}: message {i} of {length} bytes was not usable.");
                }
            }
        };
    }

    private static void Sink(int calls, byte[] bytes, Func<byte[], uint> crc)
    {
        uint sum = 0;
        for (var i = 0; i < calls; i++)
        {
            bytes[0] = (byte)i;
            sum ^= crc(bytes);
        }

        GC.KeepAlive(sum == uint.MaxValue ? bytes : null);
    }
}
