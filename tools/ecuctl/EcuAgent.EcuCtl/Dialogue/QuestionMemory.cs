using System.Text.Json.Nodes;

namespace EcuAgent.EcuCtl.Dialogue;

/// <summary>
/// Remembers the id of the last open question of a domain between two runs of ecuctl, in a file that only the user can read.
/// Replies are not repeated on the bus, so a later <c>confirm</c> could not learn it there. No text is kept.
/// </summary>
internal sealed class QuestionMemory(int domain)
{
    private const string RuntimeVariable = "XDG_RUNTIME_DIR";

    private readonly string _path = Path.Combine(Folder(), $"question-{domain}.json");

    /// <summary>The id; null when none is remembered or the file is damaged.</summary>
    public string? Read()
    {
        try
        {
            return File.Exists(_path) ? (string?)JsonNode.Parse(File.ReadAllText(_path))?["question_id"] : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Write(string questionId)
    {
        var folder = Path.GetDirectoryName(_path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(_path, new JsonObject { ["question_id"] = questionId }.ToJsonString());
    }

    /// <summary>Forgets a question that was answered; another one stays.</summary>
    public void Forget(string questionId)
    {
        if (Read() == questionId)
        {
            File.Delete(_path);
        }
    }

    private static string Folder() => Path.Combine(
        Environment.GetEnvironmentVariable(RuntimeVariable) is { Length: > 0 } runtime
            ? runtime
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "ecuctl");
}
