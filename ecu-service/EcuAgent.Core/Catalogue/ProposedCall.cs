namespace EcuAgent.Core.Catalogue;

/// <summary>A call as the model proposed it: nothing in it has been checked.</summary>
/// <param name="Name">Name of the tool, possibly unknown.</param>
/// <param name="Arguments">Values as the chat client gives them: JSON elements, texts, numbers or booleans.</param>
public sealed record ProposedCall(string Name, IReadOnlyDictionary<string, object?> Arguments);
