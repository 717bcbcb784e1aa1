namespace EcuAgent.Bench.Qwen;

/// <summary>Requests with the calls that are written for them, so that every way of running takes the same steps, with any weights.</summary>
internal static class Scripts
{
    // A tilde stands before a value copied from the utterance; a compact model writes it with the space that precedes it there.
    private static readonly (string Utterance, string[] Calls)[] Written =
    [
        ("set the temperature to 22 degrees", ["""{"name": "set_temperature", "arguments": {"degrees": 22}}"""]),
        ("navigate to the Golden Dragon on Castle Street", ["""{"name": "navigate_to", "arguments": {"destination": "~the Golden Dragon on Castle Street"}}"""]),
        ("turn off the seat heating and take me home",
            ["""{"name": "set_seat_heating", "arguments": {"level": 0}}""", """{"name": "navigate_to_saved", "arguments": {"place": "home"}}"""]),
        ("find a charging station on the way", ["""{"name": "search_places", "arguments": {"category": "charging", "near": "route"}}"""]),
    ];

    /// <summary>Utterance, and the answer as the model would write it.</summary>
    public static IEnumerable<(string Utterance, string Answer)> All(bool isCompact) =>
        Written.Select(script => (script.Utterance, string.Join('\n', script.Calls.Select(call => $"<tool_call>\n{call.Replace("~", isCompact ? " " : "", StringComparison.Ordinal)}\n</tool_call>"))));
}
