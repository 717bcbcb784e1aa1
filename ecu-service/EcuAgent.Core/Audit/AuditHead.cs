using System.Buffers;
using System.Globalization;

namespace EcuAgent.Core.Audit;

/// <summary>
/// The note beside the files that says how far the chain went, so that records cut off at the end are missed. Text form:
/// "FILE SEQ HASH\n" with the number in 19 digits.
/// </summary>
/// <param name="File">Name of the newest file.</param>
/// <param name="Seq">Number of its last record.</param>
/// <param name="Hash">Hash of that record, 64 lower-case hexadecimal digits.</param>
internal sealed record AuditHead(string File, long Seq, string Hash)
{
    private static readonly SearchValues<char> HashDigits = SearchValues.Create("0123456789abcdef");

    internal string ToText() => string.Create(CultureInfo.InvariantCulture, $"{File} {Seq:D19} {Hash}\n");

    /// <summary>Null when <paramref name="text"/> is no head note.</summary>
    internal static AuditHead? Parse(string text)
    {
        string[] parts = text.Split(' ');
        return parts.Length == 3
            && DiskAuditStorage.NumberOf(parts[0]) is not null
            && parts[1].Length == 19
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            && parts[2].Length == 65 && parts[2][64] == '\n'
            && parts[2].AsSpan(0, 64).IndexOfAnyExcept(HashDigits) < 0
                ? new AuditHead(parts[0], seq, parts[2][..64])
                : null;
    }
}
