using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Ports that keep what they are given; each can be told to fail.</summary>
internal sealed class RecordingPorts : ICommandPort, IPlacePort, IReplyPort, IDecisionPort, IOrderStatusPort
{
    internal List<VehicleCommand> Commands { get; } = [];

    internal List<PlaceQuery> Queries { get; } = [];

    internal List<AssistantReply> Replies { get; } = [];

    internal List<DecisionRecord> Decisions { get; } = [];

    internal List<OrderStatus> Orders { get; } = [];

    /// <summary>What happens when a command is written; by default nothing, which is a silent ECU.</summary>
    internal Func<VehicleCommand, CommandWriteResult> OnCommand { get; set; } = _ => CommandWriteResult.Written;

    internal Func<PlaceQuery, Task<PlaceAnswer>> OnQuery { get; set; } = _ => Task.FromResult(PlaceAnswer.None);

    internal Action<OrderStatus> OnOrder { get; set; } = _ => { };

    internal bool PublishingFails { get; set; }

    internal string LastReply => Replies[^1].Text;

    public ValueTask<CommandWriteResult> SendAsync(HvacCommand command, CancellationToken cancellationToken) => Send(command);

    public ValueTask<CommandWriteResult> SendAsync(NavigationCommand command, CancellationToken cancellationToken) => Send(command);

    public Task<PlaceAnswer> QueryAsync(PlaceQuery query, CancellationToken cancellationToken)
    {
        Queries.Add(query);
        return OnQuery(query);
    }

    public ValueTask PublishAsync(AssistantReply reply, CancellationToken cancellationToken) => Keep(Replies, reply);

    public ValueTask PublishAsync(DecisionRecord decision, CancellationToken cancellationToken) => Keep(Decisions, decision);

    internal List<ParcelStatus> Parcels { get; } = [];

    public async ValueTask PublishAsync(OrderStatus status, CancellationToken cancellationToken)
    {
        await Keep(Orders, status);
        OnOrder(status);
    }

    public ValueTask PublishAsync(ParcelStatus status, CancellationToken cancellationToken) => Keep(Parcels, status);

    private ValueTask<CommandWriteResult> Send(VehicleCommand command)
    {
        Commands.Add(command);
        return ValueTask.FromResult(OnCommand(command));
    }

    private ValueTask Keep<T>(List<T> list, T item)
    {
        if (PublishingFails)
        {
            throw new InvalidOperationException("The transport is gone.");
        }

        lock (list)
        {
            list.Add(item);
        }

        return ValueTask.CompletedTask;
    }
}
