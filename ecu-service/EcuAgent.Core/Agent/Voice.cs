using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using Microsoft.Extensions.Logging;
using Nito.AsyncEx;

namespace EcuAgent.Core.Agent;

/// <summary>Composes and publishes replies, one after the other.</summary>
internal sealed class Voice(AgentServices services, AgentTally tally, ILogger logger)
{
    private readonly AsyncLock _one = new();

    /// <summary>Says something within what the gate lets be said now.</summary>
    /// <returns>The text that was said.</returns>
    public async Task<string> SayAsync(
        Phrases phrases,
        IReadOnlyList<string> statements,
        string? question,
        AssistantReply frame,
        int? maxSentences = null)
    {
        var limit = MostSentences(frame.Zone);
        var most = maxSentences is { } own && limit is { } now ? Math.Min(own, now) : maxSentences ?? limit;
        var text = ReplyComposer.Compose(phrases, statements, question, most);
        using (await _one.LockAsync().ConfigureAwait(false))
        {
            try
            {
                await services.Replies.PublishAsync(frame with { Text = text, Language = phrases.Language }, CancellationToken.None).ConfigureAwait(false);
                tally.Add(AgentCount.Replies);
            }
#pragma warning disable CA1031 // A port that cannot speak must not end the turn; it is counted and logged.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                tally.Add(AgentCount.PortFailures);
                Log.PortFailed(logger, exception, "reply");
            }
        }

        return text;
    }

    /// <summary>Most sentences that the gate lets be said to a seat now; null for no limit.</summary>
    public int? MostSentences(SpeakerZone zone) => ActionGate.Decide(
        new GateRequest { ActionClass = ActionClass.Inform, Channel = InputChannel.Voice, Zone = zone },
        SituationReader.Read(services.Snapshot()),
        services.Policy.Current).Limits.MaxSentences;

    /// <summary>A reply without text yet.</summary>
    public AssistantReply Frame(string utteranceId, SpeakerZone zone, string questionId = "", bool sponsored = false) => new()
    {
        ReplyId = services.NewId(),
        UtteranceId = utteranceId,
        Text = "",
        Language = "",
        Zone = zone,
        OpenQuestionId = questionId,
        Sponsored = sponsored,
    };
}
