using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>One utterance and everything on the bus that carries its id. Written under the observation's lock.</summary>
internal sealed class Exchange(string utteranceId, DateTimeOffset saidAt)
{
    public string UtteranceId { get; } = utteranceId;

    public DateTimeOffset SaidAt { get; } = saidAt;

    public List<V1.Decision> Decisions { get; } = [];

    public List<HvacStep> Hvac { get; } = [];

    public List<NavigationStep> Navigation { get; } = [];

    /// <summary>The ids of all commands in the order of their arrival.</summary>
    public List<string> CommandIds { get; } = [];

    public List<V1.AssistantReply> Replies { get; } = [];

    /// <summary>From the write of the utterance to the first command on the bus; null when none came.</summary>
    public TimeSpan? FirstCommandAfter { get; set; }
}
