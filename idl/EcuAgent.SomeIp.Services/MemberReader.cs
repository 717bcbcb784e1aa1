using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace EcuAgent.SomeIp.Services;

/// <summary>Reads the members of one JSON object and adds a fault for each that is not as it should be.</summary>
internal sealed class MemberReader
{
    private const int LongestValue = 60;
    private const int LongestName = 32;

    private static readonly SearchValues<char> UpperHex = SearchValues.Create("0123456789ABCDEF");

    private readonly JsonElement _json;
    private readonly string _path;
    private readonly List<ServiceMapFault> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public MemberReader(JsonElement json, string path, List<ServiceMapFault> faults)
    {
        _json = json;
        _path = path;
        _faults = faults;
        if (json.ValueKind != JsonValueKind.Object)
        {
            _faults.Add(new ServiceMapFault(path, Cut(json), "an object expected"));
        }
    }

    public void Optional(string member) => _known.Add(member);

    /// <summary>A letter, then letters and digits, 32 at most.</summary>
    public string Name(string member)
    {
        var text = Find(member) is { ValueKind: JsonValueKind.String } x ? x.GetString()! : string.Empty;
        if (text.Length is 0 or > LongestName || !text.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(text[0]))
        {
            Fault(member, "a letter, then letters and digits, 32 at most, expected");
        }

        return text;
    }

    public T Choice<T>(string member, (string Word, T Value)[] choices)
    {
        var text = Find(member) is { ValueKind: JsonValueKind.String } x ? x.GetString() : null;
        var found = Array.FindIndex(choices, c => c.Word == text);
        if (found < 0)
        {
            Fault(member, $"one of {string.Join(", ", choices.Select(static c => c.Word))} expected");
        }

        return choices[Math.Max(found, 0)].Value;
    }

    /// <summary>A number like "0x6101" with exactly so many digits.</summary>
    public uint Hex(string member, int digits, uint minimum, uint maximum)
    {
        var text = Find(member) is { ValueKind: JsonValueKind.String } x ? x.GetString()! : string.Empty;
        if (text.Length != digits + 2 || !text.StartsWith("0x", StringComparison.Ordinal) || text.AsSpan(2).ContainsAnyExcept(UpperHex)
            || !uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value < minimum || value > maximum)
        {
            var format = "X" + digits.ToString(CultureInfo.InvariantCulture);
            Fault(member, $"\"0x{minimum.ToString(format, CultureInfo.InvariantCulture)}\" .. \"0x{maximum.ToString(format, CultureInfo.InvariantCulture)}\" expected");
            return 0;
        }

        return value;
    }

    public long Number(string member, long minimum, long maximum, long? missing = null)
    {
        if (Find(member) is not { } json)
        {
            if (missing is null)
            {
                Fault(member, string.Create(CultureInfo.InvariantCulture, $"{minimum} .. {maximum} expected"));
            }

            return missing ?? 0;
        }

        if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt64(out var value) || value < minimum || value > maximum)
        {
            Fault(member, string.Create(CultureInfo.InvariantCulture, $"{minimum} .. {maximum} expected"));
            return 0;
        }

        return value;
    }

    public ImmutableArray<T> Items<T>(string member, Func<MemberReader, T> read)
    {
        if (Find(member) is not { ValueKind: JsonValueKind.Array } json || json.GetArrayLength() == 0)
        {
            Fault(member, "an array with at least one entry expected");
            return [];
        }

        return [.. json.EnumerateArray().Select((x, i) => read(new MemberReader(x, string.Create(CultureInfo.InvariantCulture, $"{_path}.{member}[{i}]"), _faults)))];
    }

    public T? OptionalObject<T>(string member, Func<MemberReader, T> read)
        where T : class => Find(member) is { } json ? read(new MemberReader(json, $"{_path}.{member}", _faults)) : null;

    /// <summary>A fault for each member that nobody asked for.</summary>
    public void RefuseOthers()
    {
        if (_json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in _json.EnumerateObject().Where(x => !_known.Contains(x.Name)))
        {
            Fault(member.Name, "not known here");
        }
    }

    public void Fault(string member, string problem) =>
        _faults.Add(new ServiceMapFault($"{_path}.{member}", Find(member) is { } json ? Cut(json) : "(missing)", problem));

    private JsonElement? Find(string member)
    {
        _known.Add(member);
        return _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(member, out var json) ? json : null;
    }

    private static string Cut(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= LongestValue ? text : text[..LongestValue];
    }
}
