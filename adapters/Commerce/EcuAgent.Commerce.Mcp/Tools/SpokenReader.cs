using System.Text.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>Reads how the tools of one server are asked for by a sentence: <c>say</c>, <c>fixed</c> and <c>amount</c> of the file.</summary>
/// <param name="server">Our name of the server.</param>
/// <param name="serverName">How it is spoken of.</param>
internal sealed class SpokenReader(string server, string serverName)
{
    internal const int LongestName = 40;

    private const int MostLanguages = 16;
    private const int MostOfLanguage = 16;
    private const int MostFixed = 8;
    private const int LongestFixed = 100;
    private const long MostMinorUnits = 100_000_000_000;

    /// <summary>Null where the tool is not spoken, or what the file says of it is faulty.</summary>
    internal SpokenTool? Read(
        JsonAt at, IReadOnlyDictionary<string, JsonAt> members, string tool, ActionClass row, IReadOnlyDictionary<string, ToolSlot> limits)
    {
        var amount = members.TryGetValue("amount", out var amountAt) ? ReadAmount(amountAt, limits) : null;
        if (!members.TryGetValue("say", out var sayAt))
        {
            foreach (var name in (string[])["amount", "fixed"])
            {
                if (members.TryGetValue(name, out var alone))
                {
                    alone.Refuse("must stand beside 'say' only");
                }
            }

            return null;
        }

        if (row == ActionClass.Commit && !members.ContainsKey("amount"))
        {
            at.Faults.Add(at.Path + ".amount", "(missing)", "must be given for a tool of class commit that is spoken");
        }

        var settled = members.TryGetValue("fixed", out var fixedAt) ? ReadFixed(fixedAt) : [];
        var phrasings = new List<ToolPhrasing>();
        foreach (var (language, texts) in sayAt.Entries(MostLanguages) ?? [])
        {
            if (language.Length is not (2 or 3) || !language.All(char.IsAsciiLetterLower))
            {
                texts.Refuse("must be under a language of two or three lower-case letters");
            }

            phrasings.AddRange((texts.Items(1, MostOfLanguage) ?? []).Select(text => ReadPhrasing(text, language, limits, amount, settled)).OfType<ToolPhrasing>());
        }

        if (sayAt.Element.ValueKind == JsonValueKind.Object && !sayAt.Element.EnumerateObject().Any())
        {
            sayAt.Refuse("must have a sentence");
        }

        return phrasings.Count == 0 ? null : new SpokenTool(server, serverName, tool, row) { Phrasings = phrasings, Fixed = settled, Amount = amount };
    }

    /// <summary>Refuses a sentence that would always mean two tools.</summary>
    internal static void CheckDistinct(JsonAt root, IReadOnlyList<ToolServer> servers)
    {
        var all = servers.SelectMany(known => known.Tools.Values).Select(tool => tool.Spoken).OfType<SpokenTool>()
            .SelectMany(tool => tool.Phrasings.Where(phrasing => phrasing.Fixed is not null).Select(phrasing => (Key: (phrasing.Language, phrasing.Fixed), Tool: tool.FullName)))
            .Distinct();
        foreach (var twice in all.GroupBy(known => known.Key).Where(same => same.Count() > 1))
        {
            root.Faults.Add("$.servers", $"say.{twice.Key.Language}: {twice.Key.Fixed}", $"the same sentence asks for {string.Join(" and ", twice.Select(known => known.Tool))}");
        }
    }

    private static Dictionary<string, object> ReadFixed(JsonAt at)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in at.Entries(MostFixed) ?? [])
        {
            object? read = value.Element.ValueKind switch
            {
                JsonValueKind.String => value.Text(LongestFixed),
                JsonValueKind.Number when value.Element.TryGetDecimal(out var number) => number,
                JsonValueKind.True or JsonValueKind.False => value.Flag(),
                _ => Refused(value),
            };
            if (read is not null)
            {
                values[name] = read;
            }
        }

        return values;

        static object? Refused(JsonAt value)
        {
            value.Refuse("must be a text, a number, true or false");
            return null;
        }
    }

    private static ToolPhrasing? ReadPhrasing(
        JsonAt at, string language, IReadOnlyDictionary<string, ToolSlot> limits, ToolAmount? amount, IReadOnlyDictionary<string, object> settled)
    {
        if (at.Text(ToolPhrasing.Longest) is not { } text)
        {
            return null;
        }

        var (phrasing, fault) = ToolPhrasing.Read(language, text, limits);
        if (phrasing is not null && amount is { Always: null } && !phrasing.Slots.Contains(amount.Argument))
        {
            fault = $"must have the slot {{{amount.Argument}}}, which says the amount";
        }

        if (phrasing?.Slots.FirstOrDefault(settled.ContainsKey) is { } both)
        {
            fault = $"must not have the slot {{{both}}}, which is fixed";
        }

        if (fault is not null)
        {
            at.Refuse(fault);
        }

        return phrasing;
    }

    private static ToolAmount? ReadAmount(JsonAt at, IReadOnlyDictionary<string, ToolSlot> limits)
    {
        if (at.Members(["currency"], ["minorUnits", "argument"]) is not { } members)
        {
            return null;
        }

        var currency = members.TryGetValue("currency", out var currencyAt)
            ? currencyAt.Text(text => new Money(0, text).IsKnown, "an ISO 4217 code of three upper-case letters")
            : null;
        if (members.ContainsKey("minorUnits") == members.ContainsKey("argument"))
        {
            at.Refuse("must have one of minorUnits and argument");
            return null;
        }

        if (members.TryGetValue("minorUnits", out var unitsAt))
        {
            if (unitsAt.Number(0, MostMinorUnits) is not { } units || currency is null)
            {
                return null;
            }

            if (!double.IsInteger(units))
            {
                unitsAt.Refuse("must be a whole number");
            }

            return new ToolAmount { Always = new Money((long)units, currency) };
        }

        // What may be spent by words is bounded by the file, or by nothing.
        var argument = members["argument"].Text(
            name => limits.TryGetValue(name, out var limit) && limit is { Lowest: >= 0, Highest: not null },
            "an argument for which 'arguments' sets lowest, 0 or more, and highest");
        return argument is null || currency is null ? null : new ToolAmount { Argument = argument, Currency = currency };
    }
}
