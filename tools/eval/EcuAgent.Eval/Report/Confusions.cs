namespace EcuAgent.Eval.Report;

/// <summary>Tables of wanted against found.</summary>
internal static class Confusions
{
    /// <summary>Wanted, then found, then how many; cells without an item are left out.</summary>
    /// <param name="items">What is counted.</param>
    /// <param name="wanted">Row of an item.</param>
    /// <param name="found">Column of an item.</param>
    /// <param name="order">All rows and columns in the order in which they are written.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Of<T>(
        IEnumerable<T> items, Func<T, string> wanted, Func<T, string> found, string[] order)
    {
        var table = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var row in items.GroupBy(wanted, StringComparer.Ordinal).OrderBy(row => Array.IndexOf(order, row.Key)))
        {
            table[row.Key] = row.GroupBy(found, StringComparer.Ordinal).OrderBy(cell => Array.IndexOf(order, cell.Key))
                .ToDictionary(cell => cell.Key, cell => cell.Count(), StringComparer.Ordinal);
        }

        return table;
    }
}
