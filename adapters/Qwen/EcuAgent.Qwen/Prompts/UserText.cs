using System.Text.RegularExpressions;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>The last user message, taken apart into the situation line that the agent writes and the person's words.</summary>
/// <param name="Situation">"[car: parked; speaker: driver]"; unknown for both when the message has no such first line.</param>
/// <param name="Utterance">The words in NFC, without space at the ends.</param>
internal sealed partial record UserText(string Situation, string Utterance)
{
    private const string UnknownSituation = "[car: unknown; speaker: unknown]";

    /// <exception cref="QwenRequestException">There is no user message with text at the end.</exception>
    public static UserText Of(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == ChatRole.User)
            {
                return TryParse(TextOf(messages[i])) ?? throw new QwenRequestException(QwenRequestError.UnsupportedMessage, "the user message has no words");
            }
        }

        throw new QwenRequestException(QwenRequestError.UnsupportedMessage, $"none of the {messages.Count} messages is from the user");
    }

    /// <summary>The text of a message that consists of text only.</summary>
    /// <exception cref="QwenRequestException">It holds something else.</exception>
    public static string TextOf(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not TextContent)
            {
                throw new QwenRequestException(QwenRequestError.UnsupportedMessage, $"a {message.Role} message holds {content.GetType().Name}, expected text");
            }
        }

        return message.Text;
    }

    /// <summary>Takes a text apart; null when it has no words.</summary>
    public static UserText? TryParse(string text)
    {
        var match = SituationLine().Match(text);
        var (situation, words) = match.Success ? (match.Groups[1].Value, text[match.Length..]) : (UnknownSituation, text);
        var utterance = PlainText.Normalize(words).Trim();
        return utterance.Length > 0 ? new UserText(situation, utterance) : null;
    }

    [GeneratedRegex(@"\A(\[car: (?:parked|idling|moving|unknown); speaker: (?:driver|passenger|rear_left|rear_right|unknown)\])\n", RegexOptions.CultureInvariant)]
    private static partial Regex SituationLine();
}
