using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Eval.Report;

/// <summary>Writes a result file: indented, but every wrong item on one line, so that two results can be compared line by line.</summary>
internal static class ReportWriter
{
    private const string RightName = "right";
    private const string WrongName = "wrong";

    // The file is read as JSON, never put into a web page: Chinese text stays legible.
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly JsonSerializerOptions OneLine = new(Indented)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The result as JSON text, ending with a line feed.</summary>
    public static string Text(EvalReport report)
    {
        var all = JsonSerializer.SerializeToElement(report, Indented);
        var text = new StringBuilder("{\n");
        foreach (var member in all.EnumerateObject().Where(member => member.Name is not (RightName or WrongName)))
        {
            text.Append("  \"").Append(member.Name).Append("\": ")
                .Append(JsonSerializer.Serialize(member.Value, Indented).ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal))
                .Append(",\n");
        }

        text.Append("  \"").Append(RightName).Append("\": ").Append(JsonSerializer.Serialize(report.Right, OneLine)).Append(",\n");
        text.Append("  \"").Append(WrongName).Append("\": [")
            .AppendJoin(",", report.Wrong.Select(item => "\n    " + JsonSerializer.Serialize(item, OneLine)))
            .Append(report.Wrong.Count > 0 ? "\n  ]\n}\n" : "]\n}\n");
        return text.ToString();
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="EvalInputException">The file cannot be written.</exception>
    public static void Write(EvalReport report, string path)
    {
        var partial = path + ".partial";
        try
        {
            File.WriteAllText(partial, Text(report));
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            throw new EvalInputException($"--out {path}: cannot be written: {error.Message}", error);
        }
    }
}
