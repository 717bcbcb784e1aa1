namespace EcuAgent.Core.Agent;

/// <summary>Whether somebody speaks of fetching something: the catalogue's calls say what and not how. Pure.</summary>
internal static class PickupWords
{
    private static readonly string[] English =
        ["pick up", "pickup", "pick it up", "pick my", "pick them up", "collect", "fetch", "get my parcel", "get my package", "take away", "takeaway"];

    private static readonly string[] Chinese = ["取", "自提", "拿", "领"];

    /// <summary>True when one of the words occurs.</summary>
    public static bool In(string text) =>
        Array.Exists(English, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || (!IsCancel(text) && Array.Exists(Chinese, word => text.Contains(word, StringComparison.Ordinal)));

    // The same character as in "cancel".
    private static bool IsCancel(string text) => text.Contains("取消", StringComparison.Ordinal);
}
