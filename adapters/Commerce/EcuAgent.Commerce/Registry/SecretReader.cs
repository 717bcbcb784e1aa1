namespace EcuAgent.Commerce.Registry;

/// <summary>Reads a reference to a secret, <c>{"env": NAME}</c> or <c>{"file": PATH}</c>, and the secret behind it. A secret in place of a reference is refused.</summary>
/// <param name="folder">Folder that relative files are in.</param>
internal sealed class SecretReader(string folder)
{
    private const int LargestFileBytes = 8192;
    private const string Usable = "one line of printable ASCII characters";

    internal Secret? Read(JsonAt at)
    {
        if (at.Element.ValueKind == System.Text.Json.JsonValueKind.String)
        {
            // What stands here may be the secret itself: it must not come back in a message.
            at.RefuseHidden("must be a reference, {\"env\": NAME} or {\"file\": PATH}, never the secret itself");
            return null;
        }

        if (at.Members([], ["env", "file"]) is not { } members)
        {
            return null;
        }

        if (members.Count != 1)
        {
            at.Refuse("must have exactly one of env and file");
            return null;
        }

        return members.TryGetValue("env", out var variable) ? FromVariable(variable) : FromFile(members["file"], Secret.IsUsable, Usable);
    }

    /// <summary>The one line of a file that only its owner can open.</summary>
    internal Secret? FromFile(JsonAt at, Func<string, bool> isAllowed, string allowed)
    {
        if (at.Text(1024) is not { } name)
        {
            return null;
        }

        var path = Path.Combine(folder, name);
        var (text, problem) = OwnerOnlyFile.Read(path, LargestFileBytes);
        if (text is null)
        {
            at.Refuse(problem);
            return null;
        }

        if (!isAllowed(text.Trim()))
        {
            at.Refuse($"{path} must hold {allowed}");
            return null;
        }

        return new Secret($"file {path}", text.Trim());
    }

    private static Secret? FromVariable(JsonAt at)
    {
        if (at.Text(256) is not { } name)
        {
            return null;
        }

        var text = Environment.GetEnvironmentVariable(name)?.Trim();
        if (string.IsNullOrEmpty(text) || !Secret.IsUsable(text))
        {
            at.Refuse(string.IsNullOrEmpty(text) ? $"environment variable {name} is not set" : $"environment variable {name} must hold {Usable}");
            return null;
        }

        return new Secret($"environment {name}", text);
    }
}
