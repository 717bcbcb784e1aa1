namespace EcuAgent.Eval.Comparing;

/// <summary>How one reason for being wrong changed.</summary>
/// <param name="Name">The reason.</param>
/// <param name="OldWrong">Wrong before.</param>
/// <param name="NewWrong">Wrong now.</param>
/// <param name="Fixed">Ids wrong before, right now.</param>
/// <param name="Broken">Ids right before, wrong now.</param>
internal sealed record MeasureChange(string Name, int OldWrong, int NewWrong, IReadOnlyList<string> Fixed, IReadOnlyList<string> Broken)
{
    /// <summary>
    /// Two-sided exact sign test: how probable it is that chance alone splits the changed utterances at least as unevenly. 1 where none changed.
    /// </summary>
    public double SignTestP => SignTest.TwoSided(Fixed.Count, Broken.Count);
}
