using EcuAgent.Core.Ports;

namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>Ports that keep what they are given; commands are answered by the test.</summary>
internal sealed class Ports : ICommandPort, IPlacePort, IReplyPort, IDecisionPort, IOrderStatusPort
{
    internal List<VehicleCommand> Commands { get; } = [];

    internal List<AssistantReply> Replies { get; } = [];

    internal List<DecisionRecord> Decisions { get; } = [];

    internal Action<VehicleCommand> OnCommand { get; set; } = _ => { };

    public ValueTask<CommandWriteResult> SendAsync(HvacCommand command, CancellationToken cancellationToken) => Send(command);

    public ValueTask<CommandWriteResult> SendAsync(NavigationCommand command, CancellationToken cancellationToken) => Send(command);

    public Task<PlaceAnswer> QueryAsync(PlaceQuery query, CancellationToken cancellationToken) => Task.FromResult(PlaceAnswer.None);

    public ValueTask PublishAsync(AssistantReply reply, CancellationToken cancellationToken) => Keep(Replies, reply);

    public ValueTask PublishAsync(DecisionRecord decision, CancellationToken cancellationToken) => Keep(Decisions, decision);

    public ValueTask PublishAsync(ParcelStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask PublishAsync(OrderStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static ValueTask Keep<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask<CommandWriteResult> Send(VehicleCommand command)
    {
        Commands.Add(command);
        OnCommand(command);
        return ValueTask.FromResult(CommandWriteResult.Written);
    }
}
