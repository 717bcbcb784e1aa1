using System.Globalization;
using System.Text.Json;

namespace EcuAgent.Commerce.Registry;

/// <summary>A JSON value and where it stands. Reading it wrongly shaped adds a fault and gives null, so that reading goes on.</summary>
internal readonly record struct JsonAt(JsonElement Element, string Path, FaultList Faults)
{
    private const string Hidden = "(not shown)";

    private static readonly string[] SecretNames = ["token", "secret", "key", "password", "bearer", "card", "instrument"];

    /// <summary>The members of an object by name; a member that is missing, unknown or there twice is a fault. Null where this is no object.</summary>
    internal IReadOnlyDictionary<string, JsonAt>? Members(string[] required, string[] optional)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            Refuse("must be an object");
            return null;
        }

        var members = new Dictionary<string, JsonAt>(StringComparer.Ordinal);
        foreach (var property in Element.EnumerateObject())
        {
            var member = new JsonAt(property.Value, Join(property.Name), Faults);
            if (!required.Contains(property.Name) && !optional.Contains(property.Name))
            {
                member.RefuseUnknown(property.Name, required.Concat(optional));
            }
            else if (!members.TryAdd(property.Name, member))
            {
                member.Refuse("stands twice");
            }
        }

        foreach (var name in required.Where(name => !members.ContainsKey(name)))
        {
            Faults.Add(Join(name), "(missing)", "must be given");
        }

        return members;
    }

    /// <summary>The items of an array; null where this is none, or a fault where it has too few or too many.</summary>
    internal IReadOnlyList<JsonAt>? Items(int fewest, int most)
    {
        if (Element.ValueKind != JsonValueKind.Array || Element.GetArrayLength() < fewest || Element.GetArrayLength() > most)
        {
            Refuse($"must be a list of {fewest} to {most} items");
            return null;
        }

        var items = new List<JsonAt>();
        foreach (var item in Element.EnumerateArray())
        {
            items.Add(new JsonAt(item, $"{Path}[{items.Count}]", Faults));
        }

        return items;
    }

    /// <summary>The members of an object whose names are free.</summary>
    internal IReadOnlyList<(string Name, JsonAt Value)>? Entries(int most)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            Refuse("must be an object");
            return null;
        }

        var entries = new List<(string Name, JsonAt Value)>();
        foreach (var property in Element.EnumerateObject())
        {
            var entry = new JsonAt(property.Value, Join(property.Name), Faults);
            if (entries.Exists(known => known.Name == property.Name))
            {
                entry.Refuse("stands twice");
            }
            else
            {
                entries.Add((property.Name, entry));
            }
        }

        if (entries.Count > most)
        {
            Refuse($"must have at most {most} members");
        }

        return entries;
    }

    /// <summary>A text for which <paramref name="isAllowed"/> is true, or null and a fault that says what is allowed.</summary>
    internal string? Text(Func<string, bool> isAllowed, string allowed)
    {
        if (Element.ValueKind == JsonValueKind.String && Element.GetString() is { } text && isAllowed(text))
        {
            return text;
        }

        Refuse($"must be {allowed}");
        return null;
    }

    /// <summary>A text of 1 to <paramref name="most"/> characters without control characters.</summary>
    internal string? Text(int most) =>
        Text(
            text => text.Length > 0 && text.Length <= most && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl),
            $"a text of 1 to {most} characters");

    internal T? Word<T>(string what, (string Word, T Value)[] words)
        where T : struct
    {
        if (Element.ValueKind == JsonValueKind.String)
        {
            foreach (var (word, value) in words)
            {
                if (Element.ValueEquals(word))
                {
                    return value;
                }
            }
        }

        Refuse($"unknown {what}; known are {string.Join(", ", words.Select(pair => pair.Word))}");
        return null;
    }

    internal double? Number(double lowest, double highest)
    {
        if (Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var number) && number >= lowest && number <= highest)
        {
            return number;
        }

        Refuse(string.Create(CultureInfo.InvariantCulture, $"must be a number from {lowest} to {highest}"));
        return null;
    }

    internal bool? Flag()
    {
        if (Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Element.GetBoolean();
        }

        Refuse("must be true or false");
        return null;
    }

    /// <summary>Refuses without showing the value, which may hold a secret.</summary>
    internal void RefuseHidden(string problem) => Faults.Add(Path, Hidden, problem);

    internal void Refuse(string problem) => Faults.Add(Path, Element.GetRawText(), problem);

    // A secret under a name that is not known is a secret all the same.
    private void RefuseUnknown(string name, IEnumerable<string> known)
    {
        var problem = $"unknown property; known are {string.Join(", ", known)}";
        if (SecretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            RefuseHidden(problem);
        }
        else
        {
            Refuse(problem);
        }
    }

    private string Join(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$')
            ? $"{Path}.{name}"
            : $"{Path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";
}
