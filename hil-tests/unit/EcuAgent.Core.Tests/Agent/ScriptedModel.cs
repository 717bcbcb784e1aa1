using Microsoft.Extensions.AI;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>The model port with an answer for each utterance; deterministic.</summary>
internal sealed class ScriptedModel : IChatClient
{
    private readonly Dictionary<string, Func<CancellationToken, Task<ChatResponse>>> _answers = new(StringComparer.Ordinal);

    internal List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    internal List<ChatOptions?> Options { get; } = [];

    internal ScriptedModel On(string text, params (string Name, object? Arguments)[] calls)
    {
        List<AIContent> contents = [.. calls.Select((call, i) => new FunctionCallContent($"c{i}", call.Name, ToDictionary(call.Arguments)))];
        return OnRaw(text, contents);
    }

    internal ScriptedModel OnRaw(string text, IList<AIContent> contents)
    {
        _answers[text] = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)));
        return this;
    }

    internal ScriptedModel On(string text, Func<CancellationToken, Task<ChatResponse>> answer)
    {
        _answers[text] = answer;
        return this;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> list = [.. messages];
        Asked.Add(list);
        Options.Add(options);
        string said = list[^1].Text.Split('\n', 2)[1];
        return _answers.TryGetValue(said, out var answer)
            ? answer(cancellationToken)
            : throw new InvalidOperationException($"The script has no answer to '{said}'.");
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The agent does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static Dictionary<string, object?> ToDictionary(object? arguments) => arguments is null
        ? []
        : arguments.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments));
}
