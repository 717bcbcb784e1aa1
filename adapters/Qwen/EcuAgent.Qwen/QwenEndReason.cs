namespace EcuAgent.Qwen;

/// <summary>Why an answer ended, in <see cref="Microsoft.Extensions.AI.ChatResponse.AdditionalProperties"/> under <see cref="QwenChatClient.EndReasonKey"/>.</summary>
public enum QwenEndReason
{
    /// <summary>The model said so, or the last call allowed is complete.</summary>
    Complete,

    /// <summary>MaxOutputTokens of the request or the client.</summary>
    OutputTokens,

    /// <summary>The context is full.</summary>
    Context,

    /// <summary>The time limit of the request or the client.</summary>
    Deadline,
}
