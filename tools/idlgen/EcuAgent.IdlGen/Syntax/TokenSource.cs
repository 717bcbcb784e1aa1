namespace EcuAgent.IdlGen.Syntax;

/// <summary>The tokens of a file and of what it includes, after the directives have been carried out.</summary>
/// <remarks>Supported: include of a file in quotes, include guards (ifndef, ifdef, define without value, else, endif).</remarks>
internal sealed class TokenSource
{
    private const int MaximumIncludeDepth = 16;

    private readonly Func<string, string> _readFile;
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private readonly List<Token> _tokens = [];

    private TokenSource(Func<string, string> readFile) => _readFile = readFile;

    /// <summary>Reads a file and its includes into one list of tokens, ended by the end token of the outer file.</summary>
    /// <param name="file">Path as it shall be shown in errors.</param>
    /// <param name="readFile">Gives the text of a file; throws <see cref="IOException"/> when it cannot.</param>
    /// <exception cref="IdlException">A file cannot be read, or a directive is not supported.</exception>
    public static List<Token> Read(string file, Func<string, string> readFile)
    {
        var source = new TokenSource(readFile);
        source.Append(file, new IdlLocation(file, 1, 1), 0);
        return source._tokens;
    }

    private void Append(string file, IdlLocation from, int depth)
    {
        if (depth > MaximumIncludeDepth)
        {
            throw new IdlException(from, IdlErrors.Preprocessor, $"includes are nested deeper than {MaximumIncludeDepth}: a file includes itself");
        }

        string text;
        try
        {
            text = _readFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IdlException(from, IdlErrors.File, $"cannot read '{file}': {e.Message}");
        }

        // One entry for each open condition: whether its branch is taken.
        var conditions = new Stack<(bool Taken, IdlLocation Location)>();
        foreach (var token in Lexer.Read(file, text))
        {
            var active = conditions.All(static x => x.Taken);
            if (token.Text.StartsWith('#'))
            {
                Direct(token, file, conditions, active, depth);
            }
            else if (active && (token.Kind != TokenKind.End || depth == 0))
            {
                _tokens.Add(token);
            }
        }

        if (conditions.TryPeek(out var open))
        {
            throw new IdlException(open.Location, IdlErrors.Preprocessor, "condition has no #endif");
        }
    }

    private void Direct(Token token, string file, Stack<(bool Taken, IdlLocation Location)> conditions, bool active, int depth)
    {
        var comment = token.Text.IndexOf("//", StringComparison.Ordinal);
        var words = token.Text[1..(comment < 0 ? token.Text.Length : comment)].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["ifndef", var name, ..]:
                conditions.Push((!_defined.Contains(name), token.Location));
                break;
            case ["ifdef", var name, ..]:
                conditions.Push((_defined.Contains(name), token.Location));
                break;
            case ["else", ..] when conditions.TryPop(out var open):
                conditions.Push((!open.Taken, open.Location));
                break;
            case ["endif", ..] when conditions.TryPop(out _):
                break;
            case ["if" or "elif", ..]:
                throw new IdlException(token.Location, IdlErrors.Preprocessor, $"directive '{token.Text}' is not supported");
            case [_, ..] when !active:
                break;
            case ["define", var name]:
                _defined.Add(name);
                break;
            case ["include", var quoted] when quoted.Length > 2 && quoted[0] == '"' && quoted[^1] == '"':
                Append(Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, quoted[1..^1]), token.Location, depth + 1);
                break;
            default:
                throw new IdlException(token.Location, IdlErrors.Preprocessor, $"directive '{token.Text}' is not supported");
        }
    }
}
