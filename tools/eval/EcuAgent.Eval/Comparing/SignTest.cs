namespace EcuAgent.Eval.Comparing;

/// <summary>The exact sign test.</summary>
internal static class SignTest
{
    /// <summary>Probability, 0 to 1, of a split at least as uneven as this one when both ways are equally likely.</summary>
    /// <param name="first">Changes one way, at least 0.</param>
    /// <param name="second">Changes the other way, at least 0.</param>
    public static double TwoSided(int first, int second)
    {
        var total = first + second;
        var tail = 0.0;

        // Logarithms: the coefficients alone leave the range of a double from about a thousand changes on.
        var logTerm = -total * Math.Log(2);
        for (var i = 0; i <= Math.Min(first, second); i++)
        {
            tail += Math.Exp(logTerm);
            logTerm += Math.Log(total - i) - Math.Log(i + 1);
        }

        return Math.Min(1, 2 * tail);
    }
}
