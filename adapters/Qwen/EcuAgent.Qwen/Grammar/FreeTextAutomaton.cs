namespace EcuAgent.Qwen.Grammar;

/// <summary>The inside of a JSON string of a bounded number of code points: well-formed UTF-8 and the short escapes of RFC 8259.</summary>
internal static class FreeTextAutomaton
{
    public static void Add(Nfa nfa, int from, ValueRule.FreeText rule, int to)
    {
        var state = from;
        for (var length = 0; ; length++)
        {
            if (length >= rule.MinLength)
            {
                nfa.Empty(state, to);
            }

            if (length == rule.MaxLength)
            {
                return;
            }

            var next = nfa.NewState();
            CodePoint(nfa, state, next);
            state = next;
        }
    }

    private static void CodePoint(Nfa nfa, int from, int to)
    {
        // ASCII without controls, quotation mark and backslash.
        nfa.Range(from, 0x20, 0x21, to);
        nfa.Range(from, 0x23, 0x5B, to);
        nfa.Range(from, 0x5D, 0x7E, to);
        var escape = nfa.Literal(from, "\\"u8);
        foreach (var b in "\"\\bfnrt"u8)
        {
            nfa.Range(escape, b, b, to);
        }

        // Well-formed byte sequences, table 3-7 of the Unicode standard.
        var tail1 = nfa.NewState();
        var tail2 = nfa.NewState();
        var tail3 = nfa.NewState();
        nfa.Range(tail1, 0x80, 0xBF, to);
        nfa.Range(tail2, 0x80, 0xBF, tail1);
        nfa.Range(tail3, 0x80, 0xBF, tail2);
        nfa.Range(from, 0xC2, 0xDF, tail1);
        Lead(0xE0, 0xE0, 0xA0, 0xBF, tail1);
        nfa.Range(from, 0xE1, 0xEC, tail2);
        Lead(0xED, 0xED, 0x80, 0x9F, tail1);
        nfa.Range(from, 0xEE, 0xEF, tail2);
        Lead(0xF0, 0xF0, 0x90, 0xBF, tail2);
        nfa.Range(from, 0xF1, 0xF3, tail3);
        Lead(0xF4, 0xF4, 0x80, 0x8F, tail2);

        void Lead(byte low, byte high, byte secondLow, byte secondHigh, int next)
        {
            var second = nfa.NewState();
            nfa.Range(from, low, high, second);
            nfa.Range(second, secondLow, secondHigh, next);
        }
    }
}
