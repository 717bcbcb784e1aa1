using System.Text.Json;

namespace EcuAgent.DemoRun;

/// <summary>Utterances that other people wrote or spoke: <c>utterances-open.jsonl</c> of the data folder, read in place, found by id.</summary>
internal sealed class OpenSet
{
    private readonly Dictionary<string, string> _utterances;

    private OpenSet(Dictionary<string, string> utterances) => _utterances = utterances;

    /// <summary>Reads the set.</summary>
    /// <param name="dataFolder">The data folder; null or without the file gives an empty set.</param>
    /// <exception cref="InvalidDataException">A line is broken: names file and line.</exception>
    public static OpenSet Read(string? dataFolder)
    {
        var utterances = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = dataFolder is null ? "" : Path.Combine(dataFolder, "utterances-open.jsonl");
        if (!File.Exists(path))
        {
            return new OpenSet(utterances);
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            try
            {
                using var document = JsonDocument.Parse(line);
                utterances[document.RootElement.GetProperty("id").GetString()!] = document.RootElement.GetProperty("utterance").GetString()!;
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}, line {number}: {error.Message}", error);
            }
        }

        return new OpenSet(utterances);
    }

    /// <summary>The requests whose utterance is at hand, with their text.</summary>
    public IEnumerable<Request> Of(params Request[] requests) => requests
        .Where(r => _utterances.ContainsKey(r.OpenSetId))
        .Select(r => r with { Text = _utterances[r.OpenSetId] });
}
