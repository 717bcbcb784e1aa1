using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>Says what became of a turn, in one reply: outcomes of its commands, what else there is to tell, and the question at the end.</summary>
internal sealed class TurnReply(CommandRunner commands, Voice voice)
{
    /// <summary>Waits for the outcomes and says it; the text, empty when there was nothing to say.</summary>
    public async Task<string> SayAsync(Turn turn)
    {
        foreach (var part in turn.Parts)
        {
            await Task.WhenAll(part.Running).ConfigureAwait(false);
            await commands.SettleAsync(part).ConfigureAwait(false);
        }

        turn.DropEndedQuestion();

        // Two calls that failed for the same reason are told once.
        List<string> statements =
        [
            .. turn.Parts.SelectMany(part => part.Ended.Select(report => OutcomeSpeech.Say(turn.Phrases, report)).Concat(part.Clauses)).Distinct(StringComparer.Ordinal),
        ];
        return statements.Count == 0 && turn.Question is null
            ? ""
            : await voice.SayAsync(
                turn.Phrases,
                statements,
                turn.Question,
                voice.Frame(turn.Utterance.UtteranceId, turn.Listener, turn.QuestionId, turn.Sponsored),
                turn.MaxSentences).ConfigureAwait(false);
    }
}
