using System.Globalization;
using System.Text.Json;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Eval.Sets;

/// <summary>Reads one line of the shared format. Fields that measuring does not need are not looked at.</summary>
internal sealed class EvalLineReader
{
    private const int LongestShownValue = 80;

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

    private readonly ToolCatalogue _catalogue;
    private readonly CallValidator _validator;
    private readonly string[] _domains;

    public EvalLineReader(ToolCatalogue catalogue)
    {
        _catalogue = catalogue;
        _validator = new CallValidator(catalogue);
        _domains = [.. catalogue.Tools.Select(tool => tool.Domain).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The text of the line.</param>
    /// <param name="place">File and line number for messages.</param>
    /// <exception cref="EvalInputException">The line is broken; names place, field and value.</exception>
    public EvalItem Read(string line, string place)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(line);
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new EvalInputException($"{place}: the line is not JSON: {Shown(line.Trim())} ({error.Message})", error);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new EvalInputException($"{place}: the line is {Shown(root)}, expected a JSON object");
        }

        var utterance = Text(root, "utterance", place).Trim();
        return new EvalItem
        {
            Id = Text(root, "id", place),
            Language = OneOf(root, "lang", place, Languages),
            Utterance = utterance,
            Domain = OneOf(root, "domain", place, _domains),
            Car = Optional(root, "car", place, Cars, DrivingState.Parked),
            Speaker = Optional(root, "speaker", place, Speakers, SpeakerZone.Driver),
            Gold = Gold(root, utterance, place),
        };
    }

    private static string Text(JsonElement root, string field, string place)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            throw new EvalInputException($"{place}: field '{field}' is missing");
        }

        return Readable(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(place, field, value, "a text that is not empty");
    }

    private static string? Readable(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair written as \uD800 is legal JSON, but no text.
            return null;
        }
    }

    private static string OneOf(JsonElement root, string field, string place, IReadOnlyList<string> allowed)
    {
        var text = Text(root, field, place);
        return allowed.Contains(text, StringComparer.Ordinal) ? text : throw Wrong(place, field, root.GetProperty(field), string.Join(", ", allowed));
    }

    private static T Optional<T>(JsonElement root, string field, string place, Dictionary<string, T> words, T otherwise)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            return otherwise;
        }

        return Readable(value) is { } text && words.TryGetValue(text, out var found) ? found : throw Wrong(place, field, value, string.Join(", ", words.Keys));
    }

    private static EvalInputException Wrong(string place, string field, JsonElement value, string expected) =>
        new($"{place}: field '{field}' is {Shown(value)}, expected {expected}");

    private static string Shown(JsonElement value) => Shown(value.GetRawText());

    private static string Shown(string text) => text.Length <= LongestShownValue ? text : text[..LongestShownValue] + "...";

    private List<ExpectedCall>? Gold(JsonElement root, string utterance, string place)
    {
        if (!root.TryGetProperty("calls", out var calls))
        {
            return null;
        }

        if (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0 || calls.GetArrayLength() > _catalogue.MaxCallsPerUtterance)
        {
            throw Wrong(place, "calls", calls, FormattableString.Invariant($"a list of 1 to {_catalogue.MaxCallsPerUtterance} calls"));
        }

        var gold = new List<ExpectedCall>();
        foreach (var call in calls.EnumerateArray())
        {
            gold.Add(GoldCall(call, utterance, place, string.Create(CultureInfo.InvariantCulture, $"calls[{gold.Count}]")));
        }

        return gold;
    }

    private ExpectedCall GoldCall(JsonElement call, string utterance, string place, string field)
    {
        if (call.ValueKind != JsonValueKind.Object
            || !call.TryGetProperty("name", out var nameValue) || Readable(nameValue) is not { } name
            || !call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(place, field, call, "an object with 'name' and 'arguments'");
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject())
        {
            values[member.Name] = member.Value.ValueKind == JsonValueKind.String ? Readable(member.Value) : member.Value;
        }

        var check = _validator.Validate(new ProposedCall(name, values), utterance);
        if (check is { IsValid: true, Tool: { } tool })
        {
            return new ExpectedCall(tool, check.Arguments, call);
        }

        var fault = check.Faults[0];
        throw new EvalInputException($"{place}: field '{field}' is {Shown(call)}, which breaks the catalogue's rule '{fault.Rule}' at {fault.Path} (value \"{Shown(fault.Value)}\")");
    }
}
