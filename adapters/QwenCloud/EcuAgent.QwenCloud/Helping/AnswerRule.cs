using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>Decides whether an answer from outside takes the place of the local one: as a whole or not at all. Pure.</summary>
internal static class AnswerRule
{
    /// <summary>
    /// Whether a tool may be proposed from outside. What is bought, booked, paid or set up is never: the hard floor of this adapter, which no
    /// setting and no policy loosens.
    /// </summary>
    public static bool MayPropose(ToolDefinition tool) => tool.ActionClass is not (ActionClass.Commit or ActionClass.Setup);

    public static AnswerVerdict Judge(IReadOnlyList<CallValidation> calls, int mostCalls) =>
        calls.Count == 0 ? AnswerVerdict.AnswerWithoutCall
        : calls.Count > mostCalls ? AnswerVerdict.AnswerTooManyCalls
        : calls.Any(call => call.Tool is { } tool && !MayPropose(tool)) ? AnswerVerdict.AnswerForbidden
        : calls.Any(call => !call.IsValid) ? AnswerVerdict.AnswerInvalid
        : calls.Any(call => call.Tool!.Name is ToolNames.Clarify or ToolNames.Refuse) ? AnswerVerdict.AnswerNoBetter
        : AnswerVerdict.Answered;
}
