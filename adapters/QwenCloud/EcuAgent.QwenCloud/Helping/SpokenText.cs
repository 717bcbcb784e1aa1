namespace EcuAgent.QwenCloud.Helping;

/// <summary>Takes the words of the person out of a user message of the agent, whose first line is the context "[car: ...; speaker: ...]".</summary>
internal static class SpokenText
{
    public static string Of(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && message.StartsWith("[car: ", StringComparison.Ordinal) && message[end - 1] == ']' ? message[(end + 1)..] : message;
    }
}
