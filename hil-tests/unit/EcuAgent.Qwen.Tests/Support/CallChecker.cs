using System.Text.Json;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Checks calls against their JSON schema, without the product's code.</summary>
internal static class CallChecker
{
    /// <summary>Asserts that a call names a tool and satisfies its schema.</summary>
    public static void AssertValid(IEnumerable<AITool> tools, string name, IReadOnlyDictionary<string, JsonElement> arguments, string utterance)
    {
        var tool = Assert.IsType<AIFunctionDeclaration>(Assert.Single(tools, t => t.Name == name), exactMatch: false);
        var schema = tool.JsonSchema;
        var properties = schema.GetProperty("properties");
        foreach (var required in schema.GetProperty("required").EnumerateArray())
        {
            Assert.Contains(required.GetString()!, arguments.Keys);
        }

        var order = properties.EnumerateObject().Select(static p => p.Name).ToList();
        Assert.Equal(arguments.Keys.OrderBy(order.IndexOf), arguments.Keys);
        foreach (var (key, value) in arguments)
        {
            Assert.True(properties.TryGetProperty(key, out var rule), $"{name} has no argument {key}");
            AssertValue(rule, value, utterance);
        }
    }

    private static void AssertValue(JsonElement rule, JsonElement value, string utterance)
    {
        switch (rule.GetProperty("type").GetString())
        {
            case "boolean":
                Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False);
                break;
            case "string" when rule.TryGetProperty("enum", out var allowed):
                Assert.Contains(value.GetString(), allowed.EnumerateArray().Select(static a => a.GetString()));
                break;
            case "string":
                var text = value.GetString()!.Trim();
                Assert.InRange(text.EnumerateRunes().Count(), 1, rule.GetProperty("maxLength").GetInt32());
                AssertCopied(text, utterance);
                break;
            case var type:
                var number = value.GetDecimal();
                Assert.InRange(number, rule.GetProperty("minimum").GetDecimal(), rule.GetProperty("maximum").GetDecimal());
                Assert.Equal(number.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture), value.GetRawText());
                if (type == "integer")
                {
                    Assert.Equal(decimal.Truncate(number), number);
                }

                if (rule.TryGetProperty("multipleOf", out var step))
                {
                    Assert.Equal(0, number % step.GetDecimal());
                }

                break;
        }
    }

    private static void AssertCopied(string text, string utterance)
    {
        // Some occurrence must stand between word boundaries.
        var found = false;
        for (var at = utterance.IndexOf(text, StringComparison.Ordinal); at >= 0 && !found; at = utterance.IndexOf(text, at + 1, StringComparison.Ordinal))
        {
            var cutsLeft = at > 0 && IsLatin(utterance[at - 1]) && IsLatin(text[0]);
            var end = at + text.Length;
            var cutsRight = end < utterance.Length && IsLatin(utterance[end]) && IsLatin(text[^1]);
            found = !cutsLeft && !cutsRight;
        }

        Assert.True(found, $"'{text}' is not made of whole words of '{utterance}'");
    }

    private static bool IsLatin(char c) => char.IsLetterOrDigit(c) && c < 0x2E80;
}
