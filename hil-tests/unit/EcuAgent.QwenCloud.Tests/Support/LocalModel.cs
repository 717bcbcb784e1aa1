using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>A local model that gives one answer.</summary>
internal sealed class LocalModel(Func<IList<AIContent>> answer) : IChatClient
{
    internal LocalModel(string tool, string argument, object value)
        : this(() => [new FunctionCallContent("local", tool, new Dictionary<string, object?> { [argument] = value })])
    {
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer())) { ModelId = "local" });

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
