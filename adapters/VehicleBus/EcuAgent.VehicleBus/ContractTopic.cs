using EcuAgent.Dds.TypeSupport;
using EcuAgent.SomeIp.TypeSupport;

namespace EcuAgent.VehicleBus;

/// <summary>What can be said of a topic's samples without knowing what they mean: enough to carry them from one bus to another.</summary>
/// <typeparam name="T">The topic's struct.</typeparam>
public sealed record ContractTopic<T>
    where T : unmanaged
{
    /// <summary>Where the name of the sender stands.</summary>
    public required SourceOf<T> SourceOf { get; init; }

    /// <summary>Says in the sample that its value is not to be used; null for a topic without validity.</summary>
    public SampleChange<T>? MarkInvalid { get; init; }

    /// <summary>Id and expiry of what an ECU is asked to do; null for a topic that asks for nothing.</summary>
    public RequestOf<T>? RequestOf { get; init; }

    /// <summary>Id of the request that is answered; null for a topic that answers none.</summary>
    public AnswerTo<T>? AnswerTo { get; init; }
}

/// <summary>What tells a command or a query from others, and until when it may be carried out.</summary>
/// <param name="Id">Unique among all requests.</param>
/// <param name="ExpiresTimeNs">UTC in ns since 1970.</param>
public readonly record struct TopicRequest(Idl.BoundedString36 Id, long ExpiresTimeNs);

/// <summary>Changes a sample.</summary>
public delegate void SampleChange<T>(ref T sample)
    where T : unmanaged;

/// <summary>Reads id and expiry.</summary>
public delegate TopicRequest RequestOf<T>(in T sample)
    where T : unmanaged;

/// <summary>Reads the id of the request that is answered.</summary>
public delegate Idl.BoundedString36 AnswerTo<T>(in T sample)
    where T : unmanaged;

/// <summary>Does something with a topic whose struct is known by name only.</summary>
public interface ITopicVisitor
{
    /// <summary>Called with the struct of the topic.</summary>
    void Visit<T>(ContractTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;
}
