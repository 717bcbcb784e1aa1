using System.Collections.Frozen;
using System.Text.Json;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>Turns the root of a policy document into a policy, collecting all faults of shape and range on the way.</summary>
internal sealed class PolicyReader
{
    private static readonly string[] ClassWords = [.. PolicyVocabulary.Classes.Select(pair => pair.Word)];
    private static readonly string[] StateWords = [.. PolicyVocabulary.States.Select(pair => pair.Word)];

    private readonly JsonFaultReader json = new();
    private readonly GateCell?[] cells = new GateCell?[GatePolicy.ClassCount * DrivingStates.Count];
    private readonly ConfirmationRule?[] confirmations = new ConfirmationRule?[DrivingStates.Count];
    private string profile = "";
    private CommitLimits? commitLimits;
    private bool hasCommitLimits;
    private FrozenSet<DrivingState> cloudHelper = FrozenSet<DrivingState>.Empty;

    internal static GatePolicy Read(JsonElement root, string source, string sha256)
    {
        PolicyReader reader = new();
        reader.ReadRoot(root);
        PolicyRules.Check(reader.json, reader.cells, reader.confirmations, reader.hasCommitLimits);
        if (reader.json.Faults.Count > 0)
        {
            throw new PolicyException(source, reader.json.Faults);
        }

        GateCell[] complete = [.. reader.cells.Select(cell => cell!.Value)];
        return new GatePolicy(reader.profile, sha256, complete, reader.confirmations, reader.commitLimits, reader.cloudHelper);
    }

    private void ReadRoot(JsonElement root)
    {
        if (json.Object(root, "$", ["format", "profile", "description", "table", "confirmation"], ["$schema", "commitLimits", "cloudHelper"])
            is not { } members)
        {
            return;
        }

        if (members.TryGetValue("$schema", out JsonElement schema))
        {
            json.Text(schema, "$.$schema", 500);
        }

        if (members.TryGetValue("format", out JsonElement format)
            && !(format.ValueKind == JsonValueKind.String && format.ValueEquals(PolicyVocabulary.Format)))
        {
            json.Add("$.format", format, $"must be \"{PolicyVocabulary.Format}\"");
        }

        if (members.TryGetValue("profile", out JsonElement name))
        {
            ReadProfile(name);
        }

        if (members.TryGetValue("description", out JsonElement description))
        {
            json.Text(description, "$.description", 500);
        }

        if (members.TryGetValue("table", out JsonElement table))
        {
            ReadTable(table);
        }

        if (members.TryGetValue("confirmation", out JsonElement confirmation))
        {
            ReadConfirmations(confirmation);
        }

        if (members.TryGetValue("commitLimits", out JsonElement limits))
        {
            hasCommitLimits = true;
            ReadCommitLimits(limits);
        }

        if (members.TryGetValue("cloudHelper", out JsonElement helper))
        {
            ReadCloudHelper(helper);
        }
    }

    private void ReadProfile(JsonElement name)
    {
        if (name.ValueKind == JsonValueKind.String && name.GetString() is { Length: >= 1 and <= 32 } text
            && char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            profile = text;
            return;
        }

        json.Add("$.profile", name, "must be 1 to 32 lower-case letters, digits and '-', a letter first");
    }

    private void ReadTable(JsonElement table)
    {
        if (json.Object(table, "$.table", ClassWords) is not { } rows)
        {
            return;
        }

        foreach ((string classWord, ActionClass actionClass) in PolicyVocabulary.Classes)
        {
            string rowPath = $"$.table.{classWord}";
            if (!rows.TryGetValue(classWord, out JsonElement row) || json.Object(row, rowPath, StateWords) is not { } columns)
            {
                continue;
            }

            foreach ((string stateWord, DrivingState state) in PolicyVocabulary.States)
            {
                if (columns.TryGetValue(stateWord, out JsonElement cell))
                {
                    cells[GatePolicy.Index(actionClass, state)] = ReadCell(cell, $"{rowPath}.{stateWord}");
                }
            }
        }
    }

    private GateCell? ReadCell(JsonElement element, string path)
    {
        if (json.Object(element, path, ["verdict"], ["channel", "maxSentences", "maxOptions"]) is not { } members
            || !members.TryGetValue("verdict", out JsonElement verdictText)
            || json.Word(verdictText, path + ".verdict", PolicyVocabulary.Verdicts) is not { } verdict)
        {
            return null;
        }

        bool voiceOnly = members.TryGetValue("channel", out JsonElement channel)
            && json.Word(channel, path + ".channel", PolicyVocabulary.Channels) != false;
        int? sentences = ReadLimit(members, "maxSentences", path);
        int? options = ReadLimit(members, "maxOptions", path);

        // A member that has no effect would be read by a person as if it had one.
        RefuseWithout(members, "channel", verdict >= GateVerdict.Confirm, "confirm or allow", path);
        RefuseWithout(members, "maxSentences", verdict == GateVerdict.Allow, "allow", path);
        RefuseWithout(members, "maxOptions", verdict == GateVerdict.Allow, "allow", path);
        return new GateCell(verdict, voiceOnly, new GateLimits(sentences, options));
    }

    private int? ReadLimit(Dictionary<string, JsonElement> members, string name, string path) =>
        members.TryGetValue(name, out JsonElement value) ? (int?)json.Integer(value, $"{path}.{name}", 1, 20) : null;

    private void RefuseWithout(
        Dictionary<string, JsonElement> members, string name, bool hasEffect, string verdicts, string path)
    {
        if (!hasEffect && members.TryGetValue(name, out JsonElement value))
        {
            json.Add($"{path}.{name}", value, $"has no effect beside this verdict; only beside {verdicts}");
        }
    }

    private void ReadConfirmations(JsonElement element)
    {
        if (json.Object(element, "$.confirmation", [], StateWords[..3]) is not { } members)
        {
            return;
        }

        foreach ((string stateWord, DrivingState state) in PolicyVocabulary.States)
        {
            if (members.TryGetValue(stateWord, out JsonElement rule))
            {
                confirmations[state.Strictness()] = ReadConfirmation(rule, $"$.confirmation.{stateWord}");
            }
        }
    }

    private ConfirmationRule? ReadConfirmation(JsonElement element, string path)
    {
        if (json.Object(element, path, ["answerWithinSeconds", "minimumConfidence", "speakers"]) is not { } members)
        {
            return null;
        }

        double? seconds = Get(members, "answerWithinSeconds", path, 1, 120);
        double? confidence = Get(members, "minimumConfidence", path, 0.5, 1);
        HashSet<SpeakerZone> speakers = members.TryGetValue("speakers", out JsonElement list)
            ? ReadWords(list, path + ".speakers", PolicyVocabulary.Speakers, "must be a list of at least one seat")
            : [];

        // Whatever is missing has been recorded as a fault, so the stand-ins are never used.
        return new ConfirmationRule(TimeSpan.FromSeconds(seconds ?? 1), confidence ?? 1, speakers.ToFrozenSet());
    }

    private void ReadCloudHelper(JsonElement element)
    {
        const string path = "$.cloudHelper";
        HashSet<DrivingState> states = ReadWords(element, path, PolicyVocabulary.States[..3], "must be a list of at least one state");
        foreach ((string word, DrivingState state) in PolicyVocabulary.States[..3])
        {
            if (!states.Contains(state) && states.Any(other => other.Strictness() > state.Strictness()))
            {
                json.Add(path, element, $"lists a stricter state than {word} without {word}");
            }
        }

        cloudHelper = states.ToFrozenSet();
    }

    private HashSet<T> ReadWords<T>(JsonElement list, string path, (string Word, T Value)[] words, string needed)
        where T : struct
    {
        HashSet<T> found = [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            json.Add(path, list, needed);
            return found;
        }

        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            string itemPath = $"{path}[{index++}]";
            if (json.Word(item, itemPath, words) is { } value && !found.Add(value))
            {
                json.Add(itemPath, item, "stands twice");
            }
        }

        return found;
    }

    private double? Get(Dictionary<string, JsonElement> members, string name, string path, double minimum, double maximum) =>
        members.TryGetValue(name, out JsonElement value) ? json.Number(value, $"{path}.{name}", minimum, maximum) : null;

    private void ReadCommitLimits(JsonElement element)
    {
        const string path = "$.commitLimits";
        if (json.Object(
            element,
            path,
            ["maxMinorUnitsPerOrder", "maxMinorUnitsPerTrip", "minimumAsrConfidence", "maximumDrowsinessKss", "minimumAttentionProbability"])
            is not { } members)
        {
            return;
        }

        FrozenDictionary<string, long> order = ReadCaps(members, "maxMinorUnitsPerOrder", path);
        FrozenDictionary<string, long> trip = ReadCaps(members, "maxMinorUnitsPerTrip", path);
        foreach ((string currency, long cap) in order)
        {
            if (!trip.TryGetValue(currency, out long tripCap))
            {
                json.Add($"{path}.maxMinorUnitsPerTrip.{currency}", "(missing)", "must be given, because there is a cap per order");
            }
            else if (tripCap < cap)
            {
                json.Add($"{path}.maxMinorUnitsPerTrip.{currency}", $"{tripCap}", $"must be at least the cap per order, {cap}");
            }
        }

        foreach ((string currency, long cap) in trip)
        {
            if (!order.ContainsKey(currency))
            {
                json.Add($"{path}.maxMinorUnitsPerOrder.{currency}", "(missing)", "must be given, because there is a cap per trip");
            }
        }

        double? asr = Get(members, "minimumAsrConfidence", path, 0.5, 1);
        long? kss = members.TryGetValue("maximumDrowsinessKss", out JsonElement kssText)
            ? json.Integer(kssText, path + ".maximumDrowsinessKss", 1, 7)
            : null;
        double? attention = Get(members, "minimumAttentionProbability", path, 0.5, 1);
        commitLimits = new CommitLimits(order, trip, asr ?? 1, (int)(kss ?? 1), attention ?? 1);
    }

    private FrozenDictionary<string, long> ReadCaps(Dictionary<string, JsonElement> members, string name, string path)
    {
        Dictionary<string, long> caps = new(StringComparer.Ordinal);
        if (members.TryGetValue(name, out JsonElement element))
        {
            path = $"{path}.{name}";
            if (element.ValueKind != JsonValueKind.Object || !element.EnumerateObject().Any())
            {
                json.Add(path, element, "must be an object with at least one currency");
                return FrozenDictionary<string, long>.Empty;
            }

            foreach (JsonProperty member in element.EnumerateObject())
            {
                string memberPath = JsonFaultReader.Join(path, member.Name);
                if (!Money.IsCurrencyCode(member.Name))
                {
                    json.Add(memberPath, member.Value, "name must be an ISO 4217 currency, three upper-case letters");
                }
                else if (json.Integer(member.Value, memberPath, 1, 1_000_000) is { } cap && !caps.TryAdd(member.Name, cap))
                {
                    json.Add(memberPath, member.Value, "stands twice");
                }
            }
        }

        return caps.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
