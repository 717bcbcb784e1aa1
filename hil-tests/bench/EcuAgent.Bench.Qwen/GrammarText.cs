using System.Globalization;
using System.Text;
using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Bench.Qwen;

/// <summary>
/// The grammar of calls as llama.cpp reads it (GBNF). The same calls are allowed as by ours, except that a copied text may be any string
/// without escapes, since GBNF cannot refer to the utterance, and that numbers of more than a few hundred values are bounded by digits only.
/// </summary>
internal static class GrammarText
{
    private const int MaxListedNumbers = 512;

    public static string Write(IReadOnlyCollection<ToolSchema> tools, int maxCalls)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"root ::= call (\"\\n\" call){{0,{maxCalls - 1}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"call ::= {Literal(CallGrammarBuilder.BlockStart)} ({string.Join(" | ", Enumerable.Range(0, tools.Count).Select(static i => $"t{i}"))}) {Literal(CallGrammarBuilder.BlockEnd)}\n");
        foreach (var (index, tool) in tools.Index())
        {
            Tool(text, $"t{index}", tool);
        }

        return text.ToString();
    }

    // Two rails through the properties, as in CallGrammarBuilder: f with nothing written yet, l with something written.
    private static void Tool(StringBuilder text, string rule, ToolSchema tool)
    {
        Rule(text, rule, $"{Literal(tool.Name + CallGrammarBuilder.ArgumentsStart)} {rule}-f0");
        for (var i = 0; i < tool.Properties.Count; i++)
        {
            var property = tool.Properties[i];
            Rule(text, $"{rule}-v{i}", $"{Literal($"\"{property.Name}\": ")} {Value(property.Rule)}");
            Rule(text, $"{rule}-f{i}", $"{rule}-v{i} {rule}-l{i + 1}{(property.IsRequired ? "" : $" | {rule}-f{i + 1}")}");
            if (i > 0)
            {
                Rule(text, $"{rule}-l{i}", $"{Literal(", ")} {rule}-v{i} {rule}-l{i + 1}{(property.IsRequired ? "" : $" | {rule}-l{i + 1}")}");
            }
        }

        Rule(text, $"{rule}-f{tool.Properties.Count}", "\"\"");
        if (tool.Properties.Count > 0)
        {
            Rule(text, $"{rule}-l{tool.Properties.Count}", "\"\"");
        }
    }

    private static void Rule(StringBuilder text, string name, string body) => text.Append(CultureInfo.InvariantCulture, $"{name} ::= {body}\n");

    private static string Value(ValueRule rule) => rule switch
    {
        ValueRule.Choice choice => $"({string.Join(" | ", choice.Values.Select(static v => Literal($"\"{v}\"")))})",
        ValueRule.Truth => "(\"true\" | \"false\")",
        ValueRule.CopiedText copied => Text(1, copied.MaxLength),
        ValueRule.FreeText free => Text(free.MinLength, free.MaxLength),
        ValueRule.Number number => Number(number),
        _ => throw new InvalidDataException($"no GBNF for {rule}"),
    };

    private static string Text(int min, int max) => string.Create(CultureInfo.InvariantCulture, $"{Literal("\"")} [^\"\\\\\\x00-\\x1F]{{{min},{max}}} {Literal("\"")}");

    private static string Number(ValueRule.Number number)
    {
        if ((number.Maximum - number.Minimum) / number.Step < MaxListedNumbers)
        {
            var values = new List<string>();
            for (var value = decimal.Ceiling(number.Minimum / number.Step) * number.Step; value <= number.Maximum; value += number.Step)
            {
                values.Add(Literal(value.ToString("0.####", CultureInfo.InvariantCulture)));
            }

            return $"({string.Join(" | ", values)})";
        }

        var digits = decimal.Truncate(number.Maximum).ToString(CultureInfo.InvariantCulture).Length;
        return $"{(number.Minimum < 0 ? "\"-\"? " : "")}[0-9]{{1,{digits}}}{(number.Step < 1 ? " (\".\" [0-9]{1,2})?" : "")}";
    }

    private static string Literal(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
