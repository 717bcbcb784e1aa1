namespace EcuAgent.Qwen;

/// <summary>Counters of a <see cref="QwenChatClient"/> since it was made, read at one moment.</summary>
/// <param name="Busy">Requests refused because too many waited.</param>
/// <param name="DeadlinesMissed">Requests whose time was over before or during their answer.</param>
/// <param name="PrefixesKept">Beginnings of prompts kept aside now.</param>
/// <param name="PrefixBytes">Bytes of them.</param>
/// <param name="PrefixHits">Requests that took one of them.</param>
/// <param name="PrefixTokensRestored">Tokens that these requests did not have to compute.</param>
/// <param name="PrefixEvictions">Beginnings dropped for newer ones.</param>
public sealed record QwenStatistics(
    long Busy,
    long DeadlinesMissed,
    int PrefixesKept,
    long PrefixBytes,
    long PrefixHits,
    long PrefixTokensRestored,
    long PrefixEvictions);
