using System.Globalization;
using System.Text;
using EcuAgent.Signals;

namespace EcuAgent.ToolBus;

/// <summary>What an occupant says.</summary>
public sealed record Spoken
{
    /// <summary>Most bytes of UTF-8 in a text.</summary>
    public const int LongestTextBytes = 512;

    /// <summary>Most further hypotheses.</summary>
    public const int MostAlternatives = 4;

    /// <summary>What the recognizer understood, 1 to 512 bytes of UTF-8.</summary>
    public required string Text { get; init; }

    /// <summary>The recognizer's next hypotheses, best first, at most 4 of the same length.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Confidence of the recognizer, 0 .. 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>BCP 47 tag; null takes "zh" where the text has a Han character, else "en".</summary>
    public string? Language { get; init; }

    /// <summary>Where the speaker sits.</summary>
    public CabinZone Zone { get; init; } = CabinZone.Driver;

    /// <summary>What is wrong with it, naming the thing, the value and what is allowed; null when it can be said.</summary>
    public string? Fault
    {
        get
        {
            if (!(Confidence is >= 0 and <= 1))
            {
                return string.Create(CultureInfo.InvariantCulture, $"confidence {Confidence} must be 0 to 1");
            }

            if (Alternatives.Count > MostAlternatives)
            {
                return $"{Alternatives.Count} alternatives are given, at most {MostAlternatives} are allowed";
            }

            foreach (var (text, what) in Alternatives.Select(a => (a, "alternative")).Prepend((Text, "text")))
            {
                if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal))
                {
                    return $"the {what} is empty or holds a zero character";
                }

                if (Encoding.UTF8.GetByteCount(text) is > LongestTextBytes and var bytes)
                {
                    return $"the {what} has {bytes} bytes of UTF-8, at most {LongestTextBytes} are allowed";
                }
            }

            return null;
        }
    }
}
