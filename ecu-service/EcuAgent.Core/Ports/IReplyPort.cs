namespace EcuAgent.Core.Ports;

/// <summary>Speaks. Not called concurrently by one agent; an exception is counted and logged, the turn goes on.</summary>
public interface IReplyPort
{
    /// <summary>Hands a reply to whoever speaks it.</summary>
    ValueTask PublishAsync(AssistantReply reply, CancellationToken cancellationToken);
}
