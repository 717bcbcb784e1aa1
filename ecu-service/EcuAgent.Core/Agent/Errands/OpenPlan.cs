using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>Several errands on their way to be done. Used under the lock of <see cref="ErrandDesk"/>.</summary>
internal sealed class OpenPlan(Phrases phrases, SpeakerZone zone, string utteranceId)
{
    public Phrases Phrases => phrases;

    public SpeakerZone Zone => zone;

    public string UtteranceId => utteranceId;

    /// <summary>Not begun yet, in the order of the plan.</summary>
    public List<OpenErrand> Waiting { get; set; } = [];

    /// <summary>The one that is read back; null when none is.</summary>
    public OpenErrand? Asked { get; set; }

    /// <summary>The saved place at which the trip ends where no route is followed; null for none.</summary>
    public Place? Saved { get; set; }

    /// <summary>True when the route to <see cref="Saved"/> was commanded.</summary>
    public bool IsRouteSet { get; set; }

    /// <summary>The plan that was told last; null for none.</summary>
    public SpokenPlan? Told { get; set; }

    /// <summary>That there is no plan was told, with this reason; empty when not.</summary>
    public string NoPlanTold { get; set; } = "";

    /// <summary>Stops that were put on the route and are still ahead. Replaced as a whole: it is read without the lock.</summary>
    public IReadOnlyList<AddedStop> Added { get; set; } = [];

    /// <summary>Monotonic time stamp of the last errand that was added.</summary>
    public long Since { get; set; }

    /// <summary>True when nothing is left to do.</summary>
    public bool IsDone => Waiting.Count == 0 && Asked is null;

    /// <summary>All that are not done, the one that is read back held to what is read back.</summary>
    public IReadOnlyList<OpenErrand> Open => Asked is { } asked ? [asked.Pinned, .. Waiting] : [.. Waiting];
}
