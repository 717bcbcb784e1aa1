using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>
/// The question whether deferred requests of one utterance shall be taken up. A yes binds nobody: each purchase is read back and confirmed apart.
/// </summary>
/// <param name="Id">Id of the question.</param>
/// <param name="Items">The requests, in the order in which they were said; at least one.</param>
/// <param name="Phrases">The language.</param>
/// <param name="Asked">Monotonic time stamp.</param>
internal sealed record ResumeQuestion(string Id, IReadOnlyList<DeferredItem> Items, Phrases Phrases, long Asked)
{
    public SpeakerZone Zone => Items[0].Request.Zone;

    public string UtteranceId => Items[0].Request.UtteranceId;
}
