using Microsoft.Extensions.AI;

namespace EcuAgent.Eval.Tests;

/// <summary>A model whose answers the test writes: utterance (last line of the last user message) to calls.</summary>
internal sealed class ScriptedModel : IChatClient
{
    private readonly Dictionary<string, Func<IReadOnlyList<FunctionCallContent>>> _answers = new(StringComparer.Ordinal);

    /// <summary>What the agent sent, newest last.</summary>
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    public ScriptedModel Says(string utterance, params (string Name, object? Arguments)[] calls)
    {
        _answers[utterance] = () => [.. calls.Select(call => new FunctionCallContent(Guid.NewGuid().ToString("N"), call.Name, Arguments(call.Arguments)))];
        return this;
    }

    public ScriptedModel Fails(string utterance, Exception error)
    {
        _answers[utterance] = () => throw error;
        return this;
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var list = messages.ToList();
        Requests.Add((list, options));
        var utterance = list[^1].Text.Split('\n', 2)[1];
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. _answers[utterance]()])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static Dictionary<string, object?> Arguments(object? arguments) =>
        arguments?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments)) ?? [];
}
