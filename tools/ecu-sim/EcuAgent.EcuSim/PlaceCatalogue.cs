using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcuAgent.EcuSim;

/// <summary>The places that the navigation simulator knows, and how a spoken name finds them.</summary>
internal sealed class PlaceCatalogue
{
    private const int ExactName = 100;
    private const int NameContains = 80;
    private const int AllWords = 60;
    private const int SomeWords = 30;

    private readonly IReadOnlyList<PlaceEntry> _places;

    private PlaceCatalogue(IReadOnlyList<PlaceEntry> places) => _places = places;

    public int Count => _places.Count;

    /// <summary>Reads a catalogue file.</summary>
    /// <exception cref="InvalidDataException">The file is not a catalogue: names the file and what is wrong.</exception>
    public static PlaceCatalogue Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var document = JsonSerializer.Deserialize<PlaceFile>(stream, JsonSerializerOptions.Web);
            if (document is null || document.Places.Count == 0)
            {
                throw new InvalidDataException($"{path}: holds no places");
            }

            return new PlaceCatalogue(document.Places);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Places that fit, best first: by how well the words fit, then by distance.</summary>
    /// <param name="text">Name or words as spoken; empty for any.</param>
    /// <param name="category">Category name in lower case; empty for any.</param>
    /// <param name="diet">For instance "vegetarian"; empty for any.</param>
    /// <param name="openNow">Only places that are open.</param>
    /// <param name="origin">Where the map's origin lies.</param>
    /// <param name="from">Distances count from here.</param>
    public IReadOnlyList<(PlaceEntry Entry, GeoPoint Position, double DistanceMeters)> Search(
        string text, string category, string diet, bool openNow, GeoPoint origin, GeoPoint from)
    {
        var wanted = Normalize(text);
        var scored = _places
            .Where(p => category.Length == 0 || p.Category == category)
            .Where(p => diet.Length == 0 || p.Diets.Contains(diet, StringComparer.OrdinalIgnoreCase))
            .Where(p => !openNow || p.OpenNow)
            .Select(p => (Entry: p, Score: wanted.Length == 0 ? ExactName : Score(p, wanted)))
            .Where(p => p.Score > 0)
            .ToArray();
        var best = scored.Length == 0 ? 0 : scored.Max(p => p.Score);

        return [.. scored.Where(p => p.Score == best)
            .Select(p =>
            {
                var position = origin.Offset(p.Entry.EastMeters, p.Entry.NorthMeters);
                return (p.Entry, position, from.DistanceMetersTo(position));
            })
            .OrderBy(p => p.Item3)];
    }

    private static int Score(PlaceEntry place, string wanted)
    {
        var name = Normalize(place.Name);
        var nameZh = Normalize(place.NameZh);
        if (wanted == name || wanted == nameZh)
        {
            return ExactName;
        }

        if (name.Contains(wanted, StringComparison.Ordinal) || nameZh.Contains(wanted, StringComparison.Ordinal)
            || wanted.Contains(name, StringComparison.Ordinal) || wanted.Contains(nameZh, StringComparison.Ordinal))
        {
            return NameContains;
        }

        var known = $"{name} {nameZh} {Normalize(place.Words)}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !Fillers.Contains(w)).ToArray();
        var found = words.Count(w => known.Any(k => k == w || (IsHan(k) && (w.Contains(k, StringComparison.Ordinal) || k.Contains(w, StringComparison.Ordinal)))));
        return found == 0 ? 0 : found == words.Length ? AllWords : SomeWords;
    }

    private static readonly HashSet<string> Fillers = new(["the", "a", "an", "to", "at", "in", "on", "of", "street", "road", "near", "nearest"], StringComparer.Ordinal);

    private static bool IsHan(string word) => word[0] is >= '\u4e00' and <= '\u9fff';

    private static string Normalize(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                builder.Append(rune.ToString());
            }
            else if (builder.Length > 0 && builder[^1] != ' ')
            {
                builder.Append(' ');
            }
        }

        return builder.ToString().Trim();
    }

    private sealed record PlaceFile
    {
        public required IReadOnlyList<PlaceEntry> Places { get; init; }
    }
}
