using EcuAgent.Core.Catalogue;

namespace EcuAgent.Core.Tools;

/// <summary>A number as it is said, alone: digits, or number words of English and Chinese.</summary>
internal static class SpokenNumber
{
    private static readonly string[] Negative = ["minus ", "-", "负"];

    /// <summary>The number; null where this is none, or could be two.</summary>
    public static decimal? Read(string said)
    {
        var sign = Negative.FirstOrDefault(sign => said.StartsWith(sign, StringComparison.OrdinalIgnoreCase));
        return AmountScanner.Scan(said[(sign?.Length ?? 0)..]) is [{ Kind: AmountMarkKind.Number, Value: { } value }] ? (sign is null ? value : -value) : null;
    }
}
