using System.Globalization;

namespace EcuAgent.IdlGen.Syntax;

/// <summary>Cuts one IDL file into tokens; comments are kept beside the tokens they describe.</summary>
internal sealed class Lexer(string file, string source)
{
    private readonly List<Token> _tokens = [];
    private readonly List<string> _comment = [];
    private int _commentEndLine;
    private int _position;
    private int _line = 1;
    private int _lineStart;

    /// <summary>All tokens, ended by one of kind <see cref="TokenKind.End"/>. Directives stay as tokens beginning with '#'.</summary>
    /// <exception cref="IdlException">A character or literal that IDL does not have.</exception>
    public static List<Token> Read(string file, string source) => new Lexer(file, source).Run();

    private char Current => _position < source.Length ? source[_position] : '\0';

    private char Next => _position + 1 < source.Length ? source[_position + 1] : '\0';

    private IdlLocation Here => new(file, _line, _position - _lineStart + 1);

    private List<Token> Run()
    {
        while (_position < source.Length)
        {
            ReadOne();
        }

        Add(TokenKind.End, string.Empty, Here);
        return _tokens;
    }

    private void ReadOne()
    {
        var c = Current;
        if (c == '\n')
        {
            _position++;
            _line++;
            _lineStart = _position;
        }
        else if (c is ' ' or '\t' or '\r' or '\f' or '\v' or '\uFEFF')
        {
            _position++;
        }
        else if (c == '/' && Next == '/')
        {
            ReadLineComment();
        }
        else if (c == '/' && Next == '*')
        {
            ReadBlockComment();
        }
        else if (c == '#')
        {
            ReadDirective();
        }
        else if (char.IsAsciiLetter(c) || c == '_')
        {
            AddWhile(TokenKind.Identifier, static x => char.IsAsciiLetterOrDigit(x) || x == '_');
        }
        else if (char.IsAsciiDigit(c))
        {
            AddWhile(TokenKind.Integer, static x => char.IsAsciiLetterOrDigit(x) || x is '.' or '_');
        }
        else if (c is '"' or '\'')
        {
            ReadText(c);
        }
        else
        {
            ReadSymbol(c);
        }
    }

    private void ReadSymbol(char c)
    {
        var length = (c, Next) is (':', ':') or ('<', '<') or ('>', '>') ? 2 : 1;

        // '>>' closes two template types; IDL shifts are not supported, so it is never one token.
        if (c == '>')
        {
            length = 1;
        }

        if (!"{}()[]<>;:,=@+-*/%|&^~".Contains(c, StringComparison.Ordinal))
        {
            throw new IdlException(Here, IdlErrors.Lexical, string.Create(
                CultureInfo.InvariantCulture, $"character U+{(int)c:X4} does not belong to IDL"));
        }

        Add(TokenKind.Symbol, source.Substring(_position, length), Here);
        _position += length;
    }

    private void ReadText(char quote)
    {
        var start = _position;
        var location = Here;
        do
        {
            _position += Current == '\\' ? 2 : 1;
            if (_position >= source.Length || Current == '\n')
            {
                throw new IdlException(location, IdlErrors.Lexical, "literal is not closed on its line");
            }
        }
        while (Current != quote);
        _position++;
        Add(TokenKind.Text, source[start.._position], location);
    }

    private void ReadLineComment()
    {
        var start = _position + 2;
        var end = source.IndexOf('\n', start);
        end = end < 0 ? source.Length : end;
        AddComment(source[start..end].TrimStart('/', '!', '<'), _line, _line);
        _position = end;
    }

    private void ReadBlockComment()
    {
        var location = Here;
        var end = source.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new IdlException(location, IdlErrors.Lexical, "comment is not closed");
        }

        var firstLine = _line;
        var text = source[(_position + 2)..end];
        for (var i = _position; i < end; i++)
        {
            if (source[i] == '\n')
            {
                _line++;
                _lineStart = i + 1;
            }
        }

        _position = end + 2;
        AddComment(text, firstLine, _line);
    }

    private void AddComment(string text, int firstLine, int lastLine)
    {
        var lines = text.Split('\n').Select(static x => x.Trim().TrimStart('*').Trim()).Where(static x => x.Length > 0).ToList();
        if (_tokens.Count > 0 && _tokens[^1].Location.Line == firstLine)
        {
            var joined = string.Join(' ', lines);
            _tokens[^1].Trailing = _tokens[^1].Trailing is { } earlier ? $"{earlier} {joined}" : joined;
            return;
        }

        if (_commentEndLine != firstLine - 1)
        {
            _comment.Clear();
        }

        _comment.AddRange(lines);
        _commentEndLine = lastLine;
    }

    private void ReadDirective()
    {
        var end = source.IndexOf('\n', _position);
        end = end < 0 ? source.Length : end;
        var text = source[_position..end].TrimEnd();
        if (text.EndsWith('\\'))
        {
            throw new IdlException(Here, IdlErrors.Preprocessor, "a directive that goes on in the next line is not supported");
        }

        Add(TokenKind.Symbol, text, Here);
        _position = end;
    }

    private void AddWhile(TokenKind kind, Func<char, bool> belongs)
    {
        var start = _position;
        var location = Here;
        while (_position < source.Length && belongs(Current))
        {
            _position++;
        }

        Add(kind, source[start.._position], location);
    }

    private void Add(TokenKind kind, string text, IdlLocation location)
    {
        // A comment between two tokens of one line says nothing about a declaration.
        if (_tokens.Count > 0 && _tokens[^1].Location.Line == location.Line)
        {
            _tokens[^1].Trailing = null;
        }

        IReadOnlyList<string> leading = _comment.Count > 0 && _commentEndLine >= location.Line - 1 ? [.. _comment] : [];
        _comment.Clear();
        _tokens.Add(new Token(kind, text, location, leading));
    }
}
