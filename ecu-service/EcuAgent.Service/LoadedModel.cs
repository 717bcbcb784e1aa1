using EcuAgent.Core.Catalogue;
using EcuAgent.Qwen;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>The model that answers, or the reason why none does.</summary>
/// <param name="Client">Never null.</param>
/// <param name="Name">Name in the package, or "none".</param>
/// <param name="IsAvailable">False where every request will be answered with the failure.</param>
internal sealed record LoadedModel(IChatClient Client, string Name, bool IsAvailable) : IDisposable
{
    /// <summary>Loads the package and runs one made-up request, so that the first person does not wait for it.</summary>
    public static async Task<LoadedModel> LoadAsync(
        QwenOptions options, ToolCatalogue catalogue, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<LoadedModel>();
        var start = time.GetTimestamp();
        QwenChatClient? client = null;
        try
        {
            client = new QwenChatClient(options, time, loggers.CreateLogger<QwenChatClient>());
            await client.WarmUpAsync(new ChatOptions { Tools = [.. catalogue.AsAITools] }, cancellationToken).ConfigureAwait(false);
            logger.ModelReady(client.ModelName, (long)time.GetElapsedTime(start).TotalMilliseconds);
            return new LoadedModel(client, client.ModelName, IsAvailable: true);
        }
        catch (Exception error) when (error is QwenModelException or QwenRequestException or ArgumentException)
        {
            // ArgumentException: a setting that only the package can judge, such as a context beyond the model's.
            // The driving state and its gate are worth having without a model, so the service stays up.
            client?.Dispose();
            logger.ModelUnavailable(error.Message);
            return new LoadedModel(new UnavailableModel(error), "none", IsAvailable: false);
        }
    }

    public void Dispose() => Client.Dispose();
}
