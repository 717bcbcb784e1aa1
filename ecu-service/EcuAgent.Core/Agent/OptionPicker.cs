using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Finds the option that a word of <c>choose_option</c> means.</summary>
internal static class OptionPicker
{
    /// <summary>Index of the option, or null when the word does not decide.</summary>
    /// <param name="which">A word of the catalogue.</param>
    /// <param name="places">What was offered, in the order in which it was told.</param>
    /// <param name="taken">Index of the one that was taken before, or null: only then does "the other one" of two mean something.</param>
    public static int? Pick(string which, IReadOnlyList<Place> places, int? taken) => which switch
    {
        "first" => Within(0, places),
        "second" => Within(1, places),
        "third" => Within(2, places),
        "last" => Within(places.Count - 1, places),
        "other" when places.Count == 2 && taken is { } one => 1 - one,
        "nearest" => Nearest(places),
        _ => null,
    };

    private static int? Within(int index, IReadOnlyList<Place> places) => index >= 0 && index < places.Count ? index : null;

    // One unknown distance could be the smallest.
    private static int? Nearest(IReadOnlyList<Place> places) => places.Count > 0 && places.All(place => double.IsFinite(place.DistanceM))
        ? Enumerable.Range(0, places.Count).MinBy(i => places[i].DistanceM)
        : null;
}
