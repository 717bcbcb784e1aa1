using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Scoring;

/// <summary>The right answer of a line that comes nearest to what was proposed, and its calls paired with the proposed ones.</summary>
/// <param name="Answer">The gold calls or one of the alternatives.</param>
/// <param name="IsExact">Whether the proposed calls are that answer.</param>
/// <param name="Pairs">Wanted and proposed calls.</param>
/// <param name="Slots">What became of every argument.</param>
internal sealed record AnswerMatch(
    IReadOnlyList<ExpectedCall> Answer, bool IsExact, IReadOnlyList<CallPair> Pairs, IReadOnlyList<SlotFinding> Slots)
{
    /// <summary>The nearest answer; the first one of equally near ones. Null where the line has no gold calls.</summary>
    public static AnswerMatch? Of(ItemOutcome outcome) => outcome.Item.Answers.Select(answer => Of(answer, outcome)).MinBy(match => match.Distance);

    // Calls without a partner and arguments that are not right; an exact answer is nearer than the same calls in another order.
    private int Distance => IsExact ? -1 : Pairs.Count(pair => pair.Wanted is null || pair.Found is null) + Slots.Count(slot => slot.Kind != SlotKind.Right);

    private static AnswerMatch Of(IReadOnlyList<ExpectedCall> answer, ItemOutcome outcome)
    {
        var pairs = CallPair.Of(answer, outcome.Calls);
        return new AnswerMatch(
            answer, outcome.DroppedCalls == 0 && CallComparer.AreEqual(answer, outcome.Calls), pairs, [.. pairs.SelectMany(SlotFinding.Of)]);
    }
}
