using EcuAgent.Commerce.Journal.Writer;

namespace EcuAgent.Commerce.Journal.Tests.Support;

/// <summary>What the second process said was acknowledged.</summary>
internal static class Acknowledged
{
    internal static IReadOnlyList<(int Seed, int Step)> Parse(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Split(' ')).Select(parts => (int.Parse(parts[0]), int.Parse(parts[1])))];

    /// <summary>Every acknowledged state is in the journal as it was written, at most one state follows, and the file is whole.</summary>
    internal static void RequireAll(IReadOnlyList<(int Seed, int Step)> acknowledged, string folder)
    {
        using var reader = JournalReader.Open(folder)!;
        Assert.Empty(reader.Faults());
        foreach (var purchase in acknowledged.GroupBy(state => state.Seed))
        {
            var states = ScriptedPurchase.States(purchase.Key);
            var history = reader.History(ScriptedPurchase.Id(purchase.Key));
            var count = purchase.Max(state => state.Step) + 1;
            Assert.InRange(history.Count, count, count + 1);
            Assert.Equal(states.Take(history.Count).Texts(), history.Texts());
        }
    }
}
