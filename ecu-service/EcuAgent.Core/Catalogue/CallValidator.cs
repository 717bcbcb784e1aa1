using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Checks what the model proposed against the catalogue and the utterance. The model is not trusted: also a client that
/// constrains its decoding is checked here. Stateless and safe for use from several threads.
/// </summary>
public sealed class CallValidator(ToolCatalogue catalogue)
{
    private const int LongestShownValue = 80;
    private const string PaidAmount = "amount";

    // Steps are decimal fractions that binary floating point cannot hold exactly.
    private const double StepTolerance = 1e-9;

    /// <summary>Checks one call and reads its arguments.</summary>
    /// <param name="call">The proposal.</param>
    /// <param name="utterance">What was said; copied texts must occur in it, outer space ignored, compared in Unicode form C.</param>
    /// <param name="earlier">What the same person said just before, when the model was told: copied texts may come from it as well.</param>
    /// <param name="earlierPays">
    /// Whether the earlier exchange was a payment: an amount said there counts only then, so that "22 degrees" is never paid.
    /// </param>
    /// <remarks>An amount to pay that was not said is no fault but left out; see <see cref="CallValidation.Dropped"/>.</remarks>
    public CallValidation Validate(ProposedCall call, string utterance, string earlier = "", bool earlierPays = true)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(earlier);
        if (!catalogue.TryGet(call.Name, out var tool))
        {
            return new CallValidation(null, ToolArguments.None, [new CallFault("$", Shown(call.Name), CallRules.KnownTool)]);
        }

        var faults = new List<CallFault>();
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Arguments)
        {
            if (tool.Parameter(name) is not { } parameter)
            {
                faults.Add(new CallFault($"$.{Shown(name)}", Shown(value), CallRules.AdditionalProperties));
            }
            else if (Read(parameter, Plain(value), utterance, earlier, faults) is { } read)
            {
                values[name] = read;
            }
        }

        foreach (var parameter in tool.Parameters)
        {
            if (parameter.Required && !call.Arguments.ContainsKey(parameter.Name))
            {
                faults.Add(new CallFault($"$.{parameter.Name}", "", CallRules.Required));
            }
        }

        if (faults.Count > 0)
        {
            return new CallValidation(tool, ToolArguments.None, faults);
        }

        var dropped = DropUnspokenAmount(tool, values, utterance, earlierPays ? earlier : "");
        return new CallValidation(tool, new ToolArguments(values), faults) { Dropped = dropped };
    }

    // Numbers cannot be held to the utterance by the schema as copied texts are, and this one is money.
    private static CallFault[] DropUnspokenAmount(ToolDefinition tool, Dictionary<string, object> values, string utterance, string earlier)
    {
        if (tool.Name != ToolNames.Pay || !values.TryGetValue(PaidAmount, out var amount) || SpokenAmounts.Say(utterance, earlier, (double)amount))
        {
            return [];
        }

        values.Remove(PaidAmount);
        return [new CallFault($"$.{PaidAmount}", Shown(amount), CallRules.SpokenAmount)];
    }

    private static object? Read(ToolParameter parameter, object? value, string utterance, string earlier, List<CallFault> faults)
    {
        var before = faults.Count;
        object? read = (parameter.Kind, value) switch
        {
            (ToolParameterKind.Flag, bool flag) => flag,
            (ToolParameterKind.Word, string word) => CheckWord(parameter, word, faults),
            (ToolParameterKind.Text, string text) => CheckText(parameter, text, utterance, earlier, faults),
            (ToolParameterKind.Number, double number) => CheckNumber(parameter, number, faults),
            (ToolParameterKind.Integer, double number) when number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue =>
                (int)CheckNumber(parameter, number, faults),
            _ => null,
        };
        if (read is null && faults.Count == before)
        {
            faults.Add(Fault(parameter, value, CallRules.Type));
        }

        return read;
    }

    private static string CheckWord(ToolParameter parameter, string word, List<CallFault> faults)
    {
        if (!parameter.Words.Contains(word, StringComparer.Ordinal))
        {
            faults.Add(Fault(parameter, word, CallRules.Enum));
        }

        return word;
    }

    private static string CheckText(ToolParameter parameter, string text, string utterance, string earlier, List<CallFault> faults)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < parameter.MinLength)
        {
            faults.Add(Fault(parameter, text, CallRules.MinLength));
        }

        if (trimmed.Length > parameter.MaxLength)
        {
            faults.Add(Fault(parameter, text, CallRules.MaxLength));
        }

        if (!IsWellFormed(trimmed) || trimmed.Any(c => char.IsControl(c) || c is '"' or '\\'))
        {
            faults.Add(Fault(parameter, text, CallRules.PlainText));
        }
        else if (parameter.CopiedFromUtterance && !Occurs(trimmed, utterance) && !Occurs(trimmed, earlier))
        {
            faults.Add(Fault(parameter, text, CallRules.CopiedFromUtterance));
        }

        return trimmed;
    }

    // The tokenizer of Qwen models normalizes to form C, so what it gives back may differ from the utterance in form only.
    private static bool Occurs(string part, string utterance) =>
        utterance.Contains(part, StringComparison.Ordinal)
        || (IsWellFormed(utterance)
            && utterance.Normalize(NormalizationForm.FormC).Contains(part.Normalize(NormalizationForm.FormC), StringComparison.Ordinal));

    // Half a surrogate pair cannot be normalized, shown or sent as UTF-8.
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static double CheckNumber(ToolParameter parameter, double number, List<CallFault> faults)
    {
        if (number < parameter.Minimum)
        {
            faults.Add(Fault(parameter, number, CallRules.Minimum));
        }

        if (number > parameter.Maximum)
        {
            faults.Add(Fault(parameter, number, CallRules.Maximum));
        }

        if (parameter.MultipleOf is { } step && Math.Abs((number / step) - Math.Round(number / step)) > StepTolerance)
        {
            faults.Add(Fault(parameter, number, CallRules.MultipleOf));
        }

        return number;
    }

    /// <summary>Brings what chat clients hand over to string, finite double, bool or null; anything else stays and fails the type rule.</summary>
    private static object? Plain(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        JsonElement { ValueKind: JsonValueKind.Number } element => Finite(element.GetDouble()),
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        double or float or decimal or int or long or short or byte or uint or ulong or ushort or sbyte =>
            Finite(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => value,
    };

    private static double? Finite(double number) => double.IsFinite(number) ? number : null;

    private static CallFault Fault(ToolParameter parameter, object? value, string rule) => new($"$.{parameter.Name}", Shown(value), rule);

    private static string Shown(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        return text.Length <= LongestShownValue ? text : text[..LongestShownValue];
    }
}
