using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>The topics of the wire contract by name, with their structs.</summary>
public static class ContractTypes
{
    private static readonly Dictionary<string, Action<ITopicVisitor>> ByName = new(StringComparer.Ordinal)
    {
        [nameof(V1.VehicleSpeed)] = static v => v.Visit(new ContractTopic<V1.VehicleSpeed>
        {
            SourceOf = static (in V1.VehicleSpeed s) => ref s.Source,
            MarkInvalid = static (ref V1.VehicleSpeed s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.Gear)] = static v => v.Visit(new ContractTopic<V1.Gear>
        {
            SourceOf = static (in V1.Gear s) => ref s.Source,
            MarkInvalid = static (ref V1.Gear s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.ParkingBrake)] = static v => v.Visit(new ContractTopic<V1.ParkingBrake>
        {
            SourceOf = static (in V1.ParkingBrake s) => ref s.Source,
            MarkInvalid = static (ref V1.ParkingBrake s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.PowerMode)] = static v => v.Visit(new ContractTopic<V1.PowerMode>
        {
            SourceOf = static (in V1.PowerMode s) => ref s.Source,
            MarkInvalid = static (ref V1.PowerMode s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.Location)] = static v => v.Visit(new ContractTopic<V1.Location>
        {
            SourceOf = static (in V1.Location s) => ref s.Source,
            MarkInvalid = static (ref V1.Location s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.Energy)] = static v => v.Visit(new ContractTopic<V1.Energy>
        {
            SourceOf = static (in V1.Energy s) => ref s.Source,
            MarkInvalid = static (ref V1.Energy s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.CabinCameraEvent)] = static v => v.Visit(new ContractTopic<V1.CabinCameraEvent>
        {
            SourceOf = static (in V1.CabinCameraEvent s) => ref s.Source,
            MarkInvalid = static (ref V1.CabinCameraEvent s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.ClimateState)] = static v => v.Visit(new ContractTopic<V1.ClimateState>
        {
            SourceOf = static (in V1.ClimateState s) => ref s.Source,
            MarkInvalid = static (ref V1.ClimateState s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.NavigationState)] = static v => v.Visit(new ContractTopic<V1.NavigationState>
        {
            SourceOf = static (in V1.NavigationState s) => ref s.Source,
            MarkInvalid = static (ref V1.NavigationState s) => s.Validity = V1.Validity.Invalid,
        }),
        [nameof(V1.PlaceQuery)] = static v => v.Visit(new ContractTopic<V1.PlaceQuery>
        {
            SourceOf = static (in V1.PlaceQuery s) => ref s.Source,
            RequestOf = static (in V1.PlaceQuery s) => new(s.RequestId, s.ExpiresTimeNs),
        }),
        [nameof(V1.NavigationCommand)] = static v => v.Visit(new ContractTopic<V1.NavigationCommand>
        {
            SourceOf = static (in V1.NavigationCommand s) => ref s.Source,
            RequestOf = static (in V1.NavigationCommand s) => new(s.CommandId, s.ExpiresTimeNs),
        }),
        [nameof(V1.HvacCommand)] = static v => v.Visit(new ContractTopic<V1.HvacCommand>
        {
            SourceOf = static (in V1.HvacCommand s) => ref s.Source,
            RequestOf = static (in V1.HvacCommand s) => new(s.CommandId, s.ExpiresTimeNs),
        }),
        [nameof(V1.Utterance)] = static v => v.Visit(new ContractTopic<V1.Utterance> { SourceOf = static (in V1.Utterance s) => ref s.Source }),
        [nameof(V1.Confirmation)] = static v => v.Visit(new ContractTopic<V1.Confirmation> { SourceOf = static (in V1.Confirmation s) => ref s.Source }),
        [nameof(V1.PlaceResults)] = static v => v.Visit(new ContractTopic<V1.PlaceResults>
        {
            SourceOf = static (in V1.PlaceResults s) => ref s.Source,
            AnswerTo = static (in V1.PlaceResults s) => s.RequestId,
        }),
        [nameof(V1.CommandOutcome)] = static v => v.Visit(new ContractTopic<V1.CommandOutcome>
        {
            SourceOf = static (in V1.CommandOutcome s) => ref s.Source,
            AnswerTo = static (in V1.CommandOutcome s) => s.CommandId,
        }),
        [nameof(V1.AssistantReply)] = static v => v.Visit(new ContractTopic<V1.AssistantReply> { SourceOf = static (in V1.AssistantReply s) => ref s.Source }),
        [nameof(V1.GateStatus)] = static v => v.Visit(new ContractTopic<V1.GateStatus> { SourceOf = static (in V1.GateStatus s) => ref s.Source }),
        [nameof(V1.AgentHealth)] = static v => v.Visit(new ContractTopic<V1.AgentHealth> { SourceOf = static (in V1.AgentHealth s) => ref s.Source }),
        [nameof(V1.Decision)] = static v => v.Visit(new ContractTopic<V1.Decision> { SourceOf = static (in V1.Decision s) => ref s.Source }),
        [nameof(V1.OrderStatus)] = static v => v.Visit(new ContractTopic<V1.OrderStatus> { SourceOf = static (in V1.OrderStatus s) => ref s.Source }),
        [nameof(V1.ParcelStatus)] = static v => v.Visit(new ContractTopic<V1.ParcelStatus> { SourceOf = static (in V1.ParcelStatus s) => ref s.Source }),
    };

    /// <summary>Names of all topics.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Calls a visitor with the struct of a topic.</summary>
    /// <exception cref="ArgumentException">The contract has no such topic.</exception>
    public static void Visit(string topic, ITopicVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (!ByName.TryGetValue(topic, out var visit))
        {
            throw new ArgumentException($"The wire contract (idl/topics.json) has no topic '{topic}'.", nameof(topic));
        }

        visit(visitor);
    }
}
