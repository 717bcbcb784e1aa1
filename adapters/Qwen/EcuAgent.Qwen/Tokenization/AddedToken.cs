namespace EcuAgent.Qwen.Tokenization;

/// <summary>A token that stands for a whole text; special ones are control tokens and never part of a text.</summary>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial);
