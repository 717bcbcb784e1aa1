namespace EcuAgent.Core.Agent;

/// <summary>The running counters; safe for use from several threads.</summary>
internal sealed class AgentTally
{
    private readonly long[] _counts = new long[Enum.GetValues<AgentCount>().Length];

    public void Add(AgentCount count, long by = 1) => Interlocked.Add(ref _counts[(int)count], by);

    public AgentCounters Read() => new()
    {
        UtterancesReceived = this[AgentCount.UtterancesReceived],
        UtterancesDropped = this[AgentCount.UtterancesDropped],
        UtterancesMalformed = this[AgentCount.UtterancesMalformed],
        UtterancesRepeated = this[AgentCount.UtterancesRepeated],
        UtterancesUnclear = this[AgentCount.UtterancesUnclear],
        ModelFailures = this[AgentCount.ModelFailures],
        ModelTimeouts = this[AgentCount.ModelTimeouts],
        ModelNoCalls = this[AgentCount.ModelNoCalls],
        CallsProposed = this[AgentCount.CallsProposed],
        CallsInvalid = this[AgentCount.CallsInvalid],
        CallsTooMany = this[AgentCount.CallsTooMany],
        CallsRepeated = this[AgentCount.CallsRepeated],
        CallsDenied = this[AgentCount.CallsDenied],
        CallsDeferred = this[AgentCount.CallsDeferred],
        CallsFaulted = this[AgentCount.CallsFaulted],
        CommandsSent = this[AgentCount.CommandsSent],
        CommandsNotSent = this[AgentCount.CommandsNotSent],
        ReadBacksConfirmed = this[AgentCount.ReadBacksConfirmed],
        ReadBacksMissing = this[AgentCount.ReadBacksMissing],
        PlaceFailures = this[AgentCount.PlaceFailures],
        AnswersUnmatched = this[AgentCount.AnswersUnmatched],
        Replies = this[AgentCount.Replies],
        PortFailures = this[AgentCount.PortFailures],
    };

    private long this[AgentCount count] => Interlocked.Read(ref _counts[(int)count]);
}
