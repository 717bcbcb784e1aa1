using System.Globalization;
using System.Text.Json;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Eval.Sets;

/// <summary>Reads one line of the shared format. Fields that measuring does not need are not looked at.</summary>
internal sealed class EvalLineReader
{
    /// <summary>The languages of the format.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "zh"];

    private static readonly Dictionary<string, DrivingState> Cars = new(StringComparer.Ordinal)
    {
        ["parked"] = DrivingState.Parked,
        ["idling"] = DrivingState.Idling,
        ["moving"] = DrivingState.Moving,
        ["unknown"] = DrivingState.Unknown,
    };

    private static readonly Dictionary<string, SpeakerZone> Speakers = new(StringComparer.Ordinal)
    {
        ["driver"] = SpeakerZone.Driver,
        ["passenger"] = SpeakerZone.Passenger,
        ["rear_left"] = SpeakerZone.RearLeft,
        ["rear_right"] = SpeakerZone.RearRight,
        ["unknown"] = SpeakerZone.Unknown,
    };

    private readonly CallListReader _calls;
    private readonly string[] _domains;

    public EvalLineReader(ToolCatalogue catalogue)
    {
        _calls = new CallListReader(catalogue);
        _domains = [.. catalogue.Tools.Select(tool => tool.Domain).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The text of the line.</param>
    /// <param name="place">File and line number for messages.</param>
    /// <exception cref="EvalInputException">The line is broken; names place, field and value.</exception>
    public EvalItem Read(string line, string place)
    {
        var root = Parse(line, place);
        var utterance = JsonFields.Text(root, "utterance", place).Trim();
        var before = Before(root, place);
        var gold = root.TryGetProperty("calls", out var calls) ? _calls.Read(calls, utterance, Earlier(before), place, "calls") : null;
        return new EvalItem
        {
            Id = JsonFields.Text(root, "id", place),
            Language = JsonFields.OneOf(root, "lang", place, Languages),
            Utterance = utterance,
            Domain = JsonFields.OneOf(root, "domain", place, _domains),
            Car = JsonFields.Optional(root, "car", place, Cars, DrivingState.Parked),
            Speaker = JsonFields.Optional(root, "speaker", place, Speakers, SpeakerZone.Driver),
            Before = before,
            Gold = gold,
            Alternatives = Alternatives(root, utterance, before, gold, place),
            Tags = Tags(root, place),
        };
    }

    private static JsonElement Parse(string line, string place)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(line);
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new EvalInputException($"{place}: the line is not JSON: {JsonFields.Shown(line.Trim())} ({error.Message})", error);
        }

        return root.ValueKind == JsonValueKind.Object
            ? root
            : throw new EvalInputException($"{place}: the line is {JsonFields.Shown(root)}, expected a JSON object");
    }

    private static string Earlier(EarlierExchange? before) => before?.Utterance ?? "";

    private static List<string> Tags(JsonElement root, string place)
    {
        var tags = new List<string>();
        if (!root.TryGetProperty("tags", out var list))
        {
            return tags;
        }

        foreach (var tag in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw JsonFields.Wrong(place, "tags", list, "a list of words"))
        {
            if (JsonFields.Readable(tag) is not { Length: > 0 } word || tags.Contains(word))
            {
                throw JsonFields.Wrong(place, "tags", list, "words that are not empty, each once");
            }

            tags.Add(word);
        }

        return tags;
    }

    private EarlierExchange? Before(JsonElement root, string place)
    {
        if (!root.TryGetProperty("before", out var before))
        {
            return null;
        }

        if (before.ValueKind != JsonValueKind.Object || !before.TryGetProperty("calls", out var calls)
            || !before.TryGetProperty("utterance", out var said) || JsonFields.Readable(said)?.Trim() is not { Length: > 0 } utterance)
        {
            throw JsonFields.Wrong(place, "before", before, "an object with 'utterance' (a text that is not empty) and 'calls'");
        }

        return new EarlierExchange(utterance, _calls.Read(calls, utterance, "", place, "before.calls"));
    }

    private List<IReadOnlyList<ExpectedCall>> Alternatives(
        JsonElement root, string utterance, EarlierExchange? before, List<ExpectedCall>? gold, string place)
    {
        var found = new List<IReadOnlyList<ExpectedCall>>();
        if (!root.TryGetProperty("alternatives", out var list))
        {
            return found;
        }

        if (gold is null || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw JsonFields.Wrong(place, "alternatives", list, "a list of lists of calls, beside 'calls'");
        }

        foreach (var calls in list.EnumerateArray())
        {
            found.Add(_calls.Read(calls, utterance, Earlier(before), place, string.Create(CultureInfo.InvariantCulture, $"alternatives[{found.Count}]")));
        }

        return found;
    }
}
