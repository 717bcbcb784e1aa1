using System.Text.RegularExpressions;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>What may stand between two numbers that belong together: marks, and the words for them. Pure.</summary>
internal static partial class NumberGap
{
    // Grouping ("four one, um, dash five"), coordinates ("forty-eight point one three degrees north eleven point five", "北纬四十八度").
    [GeneratedRegex(
        @"^[^\p{L}\p{N}]{0,4}(?:(?:point|dot|decimal|comma|dash|hyphen|minus|plus|space|slash|hundred|um|uh|er|degrees?|minutes?|seconds?|north|south|east|west|latitude|longitude|lat|lon|long|n|s|e|w|[点點度分秒杠横十百逗空嗯呃北南东西纬经]|然后)(?![a-z])[^\p{L}\p{N}]{0,4}){0,4}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joining();

    public static bool Joins(ReadOnlySpan<char> gap) => Joining().IsMatch(gap);
}
