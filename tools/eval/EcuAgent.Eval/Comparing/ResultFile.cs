using System.Text.Json;
using EcuAgent.Eval.Report;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Comparing;

/// <summary>What a comparison needs of a result file.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Model">Name of the measured model.</param>
/// <param name="Sets">File names and hashes of the sets.</param>
/// <param name="Lines">Every measured utterance by its id.</param>
internal sealed record ResultFile(string Name, string Model, IReadOnlyList<string> Sets, IReadOnlyDictionary<string, ResultLine> Lines)
{
    /// <summary>Reads a result file.</summary>
    /// <exception cref="EvalInputException">It cannot be read, or is no result of this format; names the file.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            return Parse(Path.GetFileName(path), File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new EvalInputException($"'{path}': cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EvalInputException($"{path}: is no result of this program: {error.Message}", error);
        }
    }

    /// <summary>Reads the text of a result.</summary>
    /// <exception cref="EvalInputException">It is a result of another format.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    public static ResultFile Parse(string name, string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var format = root.GetProperty("format").GetString();
        if (format != EvalReport.FormatName)
        {
            throw new EvalInputException($"{name}: format is \"{format}\", expected \"{EvalReport.FormatName}\"; measure again");
        }

        var lines = new Dictionary<string, ResultLine>(StringComparer.Ordinal);
        foreach (var id in root.GetProperty("right").EnumerateArray())
        {
            lines[id.GetString()!] = new ResultLine("", []);
        }

        foreach (var item in root.GetProperty("wrong").EnumerateArray())
        {
            lines[item.GetProperty("id").GetString()!] = new ResultLine(
                item.GetProperty("utterance").GetString()!, [.. item.GetProperty("why").EnumerateArray().Select(why => why.GetString()!)]);
        }

        return new ResultFile(
            name,
            root.GetProperty("model").GetProperty("name").GetString()!,
            [.. root.GetProperty("sets").EnumerateArray().Select(set => $"{set.GetProperty("file").GetString()} {set.GetProperty("sha256").GetString()}")],
            lines);
    }
}

/// <summary>One measured utterance.</summary>
/// <param name="Utterance">What was said; empty where it was right.</param>
/// <param name="Why">Why it was wrong; empty where it was right.</param>
internal sealed record ResultLine(string Utterance, IReadOnlyList<string> Why);
