using System.Text;

namespace EcuAgent.Qwen.Grammar;

/// <summary>Builds the automaton of one call block, &lt;tool_call&gt; to &lt;/tool_call&gt;, in Qwen3's own spacing.</summary>
internal static class CallGrammarBuilder
{
    /// <summary>The added token that starts a call in Qwen's vocabularies.</summary>
    public const string CallToken = "<tool_call>";

    public const string BlockStart = CallToken + "\n{\"name\": \"";
    public const string ArgumentsStart = "\", \"arguments\": {";
    public const string BlockEnd = "}}\n</tool_call>";

    /// <summary>Builds the automaton.</summary>
    /// <param name="tools">Tools in order.</param>
    /// <param name="canCopy">Whether the utterance holds anything to copy; if not, copied arguments are left out, and tools that need one.</param>
    public static Dfa Build(IReadOnlyList<ToolSchema> tools, bool canCopy)
    {
        var nfa = new Nfa();
        var start = nfa.NewState();
        var accept = nfa.NewState();
        var names = nfa.Literal(start, Encoding.UTF8.GetBytes(BlockStart));
        foreach (var tool in tools)
        {
            if (canCopy || !tool.Properties.Any(static p => p is { IsRequired: true, Rule: ValueRule.CopiedText }))
            {
                AddTool(nfa, names, tool, canCopy, accept);
            }
        }

        return Dfa.Determinize(nfa, start, accept);
    }

    private static void AddTool(Nfa nfa, int from, ToolSchema tool, bool canCopy, int accept)
    {
        var first = nfa.Literal(from, Encoding.UTF8.GetBytes(tool.Name + ArgumentsStart));
        var end = nfa.NewState();
        nfa.Literal(end, Encoding.UTF8.GetBytes(BlockEnd), accept);

        // Two rails through the properties: nothing written yet, and something written, which puts a comma before the next.
        int? later = null;
        foreach (var property in tool.Properties)
        {
            if (!canCopy && property.Rule is ValueRule.CopiedText)
            {
                continue;
            }

            var key = SpacedJson.Quote(property.Name) + ": ";
            var value = nfa.NewState();
            var written = nfa.NewState();
            var skipped = nfa.NewState();
            nfa.Literal(first, Encoding.UTF8.GetBytes(key), value);
            if (later is { } comma)
            {
                nfa.Literal(comma, Encoding.UTF8.GetBytes(", " + key), value);
                if (!property.IsRequired)
                {
                    nfa.Empty(comma, written);
                }
            }

            AddValue(nfa, value, property.Rule, written);
            if (!property.IsRequired)
            {
                nfa.Empty(first, skipped);
            }

            (first, later) = (skipped, written);
        }

        nfa.Empty(first, end);
        if (later is { } last)
        {
            nfa.Empty(last, end);
        }
    }

    private static void AddValue(Nfa nfa, int from, ValueRule rule, int to)
    {
        switch (rule)
        {
            case ValueRule.Choice choice:
                foreach (var value in choice.Values)
                {
                    nfa.Literal(from, Encoding.UTF8.GetBytes(SpacedJson.Quote(value)), to);
                }

                break;
            case ValueRule.Truth:
                nfa.Literal(from, "true"u8, to);
                nfa.Literal(from, "false"u8, to);
                break;
            case ValueRule.Number number:
                NumberAutomaton.Add(nfa, from, number, to);
                break;
            case ValueRule.FreeText text:
                var close = nfa.NewState();
                FreeTextAutomaton.Add(nfa, nfa.Literal(from, "\""u8), text, close);
                nfa.Literal(close, "\""u8, to);
                break;
            case ValueRule.CopiedText copied:
                var copyEnd = nfa.NewState();
                nfa.Copy(nfa.Literal(from, "\""u8), copied.MaxLength, copyEnd);
                nfa.Literal(copyEnd, "\""u8, to);
                break;
            default:
                throw new InvalidOperationException($"no automaton for {rule}");
        }
    }
}
