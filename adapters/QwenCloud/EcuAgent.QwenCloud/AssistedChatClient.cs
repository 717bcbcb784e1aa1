using System.Runtime.CompilerServices;
using EcuAgent.Core.Catalogue;
using EcuAgent.QwenCloud.Helping;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.QwenCloud;

/// <summary>
/// The local model with a helper behind it: each request goes to the local model first, and to the helper only when the local answer is
/// none. The agent sees one chat client and checks its calls as ever.
/// </summary>
/// <remarks>
/// The helper's failures, at any point, give the local answer. A local model that fails is not helped: then nobody has said that the
/// request is not unsafe. Streaming gives the updates after the whole is known, because a half answer cannot be judged.
/// </remarks>
public sealed class AssistedChatClient : DelegatingChatClient
{
    private readonly CloudHelper _helper;
    private readonly CallValidator _validator;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Puts a helper behind a local model, which is disposed with this client; the helper stays the caller's to dispose.</summary>
    public AssistedChatClient(
        IChatClient local, CloudHelper helper, ToolCatalogue catalogue, TimeProvider? time = null, ILogger<AssistedChatClient>? logger = null)
        : base(local)
    {
        ArgumentNullException.ThrowIfNull(helper);
        ArgumentNullException.ThrowIfNull(catalogue);
        _helper = helper;
        _validator = new CallValidator(catalogue);
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<AssistedChatClient>.Instance;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var local = await base.GetResponseAsync(list, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await HelpAsync(list, local, started, cancellationToken).ConfigureAwait(false) ?? local;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The local answer is there; whatever the helper throws must not take it away.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HelperFaulted(_logger, error);
            return local;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    private Task<ChatResponse?> HelpAsync(IReadOnlyList<ChatMessage> messages, ChatResponse local, long started, CancellationToken cancellationToken)
    {
        var said = messages.Where(message => message.Role == ChatRole.User).Select(message => SpokenText.Of(message.Text)).ToList();
        if (said.Count == 0)
        {
            return Task.FromResult<ChatResponse?>(null);
        }

        // Checked as the planner does: the local model may copy from the earlier utterance that it was shown. The helper sees the present one only.
        var earlier = said.Count > 1 ? said[^2] : "";
        List<CallValidation> checks = [.. CallReader.CallsOf(local).Select(call => CallReader.Check(_validator, call, said[^1], earlier))];
        return _helper.TryAsync(said[^1], checks, _time.GetElapsedTime(started), cancellationToken);
    }
}
