namespace EcuAgent.Eval.Sets;

/// <summary>A set file, read.</summary>
/// <param name="FileName">Name without folder.</param>
/// <param name="Sha256">Of the file's bytes as they are on disk, 64 lower-case hexadecimal digits.</param>
/// <param name="Items">In the order of the file.</param>
internal sealed record EvalSet(string FileName, string Sha256, IReadOnlyList<EvalItem> Items)
{
    /// <summary>
    /// At most <paramref name="limit"/> of the items, evenly spaced: files are ordered by domain, and the first lines alone would be one domain.
    /// </summary>
    public static IReadOnlyList<EvalItem> Take(IReadOnlyList<EvalItem> items, int? limit) =>
        limit is not { } most || most >= items.Count
            ? items
            : [.. Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Count / most)])];
}
