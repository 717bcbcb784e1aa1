using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Asks a merchant to cancel what was ordered, and tells its answer; silence is told as not known.</summary>
internal sealed class OrderCancellation(AgentServices services, MerchantGateway merchants, Recorder recorder)
{
    /// <summary>Cancels the last order of the kind that was named; asks which where none was.</summary>
    public async Task AskMerchantAsync(Turn turn, TurnPart part, ToolArguments arguments)
    {
        if (MerchantGateway.NeedOfKind(arguments.Text("kind")) is not { } need)
        {
            await AskWhichAsync(turn, part).ConfigureAwait(false);
            return;
        }

        var summary = turn.Phrases.Summary(ToolNames.CancelOrder, arguments);
        var id = Guid.CreateVersion7(services.Time.GetUtcNow()).ToString();
        var answer = await merchants.CancelAsync(new MerchantRequest(id, need, ToolNames.CancelOrder, arguments.Values)).ConfigureAwait(false);
        part.ReasonCode = answer.Status == MerchantStatus.Done ? part.ReasonCode : answer.Reason;
        part.Clauses.Add(answer.Status switch
        {
            MerchantStatus.NotConfigured => turn.Phrases.NoMerchant(need),
            MerchantStatus.Done => turn.Phrases.Canceled(summary),
            MerchantStatus.NothingFound => turn.Phrases.NothingToCancel,
            _ when answer.Reason == AgentReasons.MerchantSilent => turn.Phrases.MerchantSilent(summary),
            _ => turn.Phrases.NotCanceled,
        });
    }

    private async Task AskWhichAsync(Turn turn, TurnPart part)
    {
        if (!Enum.GetValues<MerchantNeed>().Any(services.Merchants.IsConfigured))
        {
            part.ReasonCode = MerchantAnswer.NotConfiguredReason;
            part.Clauses.Add(turn.Phrases.NothingToCancel);
            return;
        }

        part.ReasonCode = AgentReasons.Clarify;
        await recorder.OwnAsync(DecisionKind.Ask, AgentReasons.Clarify, turn.Utterance, part.Tool, ActionClass.Prepare).ConfigureAwait(false);
        if (!turn.TryAsk(turn.Phrases.WhichOrder, ""))
        {
            part.Clauses.Add(turn.Phrases.QuestionOpen);
        }
    }
}
