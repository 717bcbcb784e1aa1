namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>Something said and what was answered.</summary>
/// <param name="UtteranceId">Its id on the bus.</param>
/// <param name="Mark">Place in the record of the bus before it was said.</param>
/// <param name="Reply">The service's reply to it.</param>
internal sealed record Turn(string UtteranceId, int Mark, V1.AssistantReply Reply)
{
    public string Text => Reply.Text.ToString();

    public string QuestionId => Reply.OpenQuestionId.ToString();
}
