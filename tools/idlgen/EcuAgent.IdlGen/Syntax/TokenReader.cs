namespace EcuAgent.IdlGen.Syntax;

/// <summary>A cursor over tokens with the checks that every production needs.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _position;

    public Token Current => tokens[_position];

    public bool AtEnd => Current.Kind == TokenKind.End;

    /// <summary>The token that was read last.</summary>
    public Token Previous => tokens[Math.Max(0, _position - 1)];

    public Token Read()
    {
        var token = Current;
        if (!AtEnd)
        {
            _position++;
        }

        return token;
    }

    public bool TryRead(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _position++;
        return true;
    }

    public Token Expect(string text) => Current.Is(text)
        ? Read()
        : throw new IdlException(Current.Location, IdlErrors.Syntax, $"'{text}' expected before {Current.Shown}");

    public Token ExpectIdentifier(string what)
    {
        if (Current.Kind != TokenKind.Identifier)
        {
            throw new IdlException(Current.Location, IdlErrors.Syntax, $"{what} expected before {Current.Shown}");
        }

        if (Keywords.All.Contains(Current.Text))
        {
            throw new IdlException(Current.Location, IdlErrors.Syntax, $"{what} expected, '{Current.Text}' is a word of IDL");
        }

        if (Current.Text.StartsWith('_'))
        {
            throw new IdlException(Current.Location, IdlErrors.Unsupported, $"escaped name '{Current.Text}' is not supported");
        }

        return Read();
    }
}
