namespace EcuAgent.IdlGen.Syntax;

internal enum TokenKind
{
    Identifier,
    Integer,
    Text,
    Symbol,
    End,
}

/// <summary>One token. <see cref="Text"/> is the source text; for <see cref="TokenKind.End"/> it is empty.</summary>
/// <param name="Leading">Comment lines that stand directly above, without an empty line between; markers removed.</param>
internal sealed record Token(TokenKind Kind, string Text, IdlLocation Location, IReadOnlyList<string> Leading)
{
    /// <summary>The comment behind the token on the same line, when nothing else follows there.</summary>
    public string? Trailing { get; set; }

    public bool Is(string text) => Kind is TokenKind.Identifier or TokenKind.Symbol && Text == text;

    public string Shown => Kind == TokenKind.End ? "end of file" : $"'{Text}'";
}
