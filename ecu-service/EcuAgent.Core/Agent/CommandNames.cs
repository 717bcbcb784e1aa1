using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Names commands after the utterance and their number within it, so that two services that carry out the same utterance give the same ids, and the
/// ECU carries out one of the two. Safe for use from several threads.
/// </summary>
/// <param name="life">How long a command lives, and an ECU remembers its id.</param>
internal sealed class CommandNames(TimeSpan life)
{
    private const int RememberedUtterances = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Ids and times for commands issued now.</summary>
    public CommandStamp Stamp(Utterance utterance, DateTimeOffset now)
    {
        // The first service's command lived to this time at least, and as long its id is remembered; later this one could be a second time.
        var expires = utterance is { TakeOver: UtteranceTakeOver.CarryOut, Begun: { } begun } && begun + life < now + life ? begun + life : now + life;
        return new CommandStamp(utterance, now, expires, this);
    }

    /// <summary>The id of the next command for an utterance.</summary>
    public string Next(Utterance utterance, DateTimeOffset issued)
    {
        // Nobody takes up an utterance that is older than a command lives: what comes of it later is no repetition.
        var isShared = utterance.Origin.Length > 0
            && (utterance.TakeOver == UtteranceTakeOver.CarryOut || issued - (utterance.Begun ?? issued) < life);
        if (!isShared)
        {
            return Guid.CreateVersion7(issued).ToString();
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{utterance.Origin}\n{utterance.UtteranceId}\n{Number(utterance)}")), hash);

        // RFC 9562, version 8: made of something of our own.
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    private int Number(Utterance utterance)
    {
        var key = $"{utterance.Origin}\n{utterance.UtteranceId}";
        lock (_gate)
        {
            if (!_numbers.TryGetValue(key, out var last))
            {
                _order.Enqueue(key);
                if (_order.Count > RememberedUtterances)
                {
                    _numbers.Remove(_order.Dequeue());
                }
            }

            return _numbers[key] = last + 1;
        }
    }
}
