using System.Globalization;
using System.Text.Json;
using EcuAgent.Core.Catalogue;

namespace EcuAgent.Eval.Sets;

/// <summary>Reads lists of gold calls and checks them against the catalogue.</summary>
internal sealed class CallListReader(ToolCatalogue catalogue)
{
    private readonly CallValidator _validator = new(catalogue);

    /// <summary>Reads a list.</summary>
    /// <param name="calls">The value of the field.</param>
    /// <param name="utterance">What copied texts must occur in.</param>
    /// <param name="earlier">What the same person said before; copied texts may come from it as well. Empty for none.</param>
    /// <param name="place">File and line number for messages.</param>
    /// <param name="field">Name of the field for messages.</param>
    /// <exception cref="EvalInputException">The list is broken; names place, field and value.</exception>
    public List<ExpectedCall> Read(JsonElement calls, string utterance, string earlier, string place, string field)
    {
        if (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0 || calls.GetArrayLength() > catalogue.MaxCallsPerUtterance)
        {
            throw JsonFields.Wrong(place, field, calls, FormattableString.Invariant($"a list of 1 to {catalogue.MaxCallsPerUtterance} calls"));
        }

        var gold = new List<ExpectedCall>();
        foreach (var call in calls.EnumerateArray())
        {
            gold.Add(ReadCall(call, utterance, earlier, place, string.Create(CultureInfo.InvariantCulture, $"{field}[{gold.Count}]")));
        }

        return gold;
    }

    private ExpectedCall ReadCall(JsonElement call, string utterance, string earlier, string place, string field)
    {
        if (call.ValueKind != JsonValueKind.Object
            || !call.TryGetProperty("name", out var nameValue) || JsonFields.Readable(nameValue) is not { } name
            || !call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            throw JsonFields.Wrong(place, field, call, "an object with 'name' and 'arguments'");
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject())
        {
            values[member.Name] = member.Value.ValueKind == JsonValueKind.String ? JsonFields.Readable(member.Value) : member.Value;
        }

        var check = _validator.Validate(new ProposedCall(name, values), utterance, earlier);

        // An argument that the agent would leave out cannot be the right answer.
        return check is { IsValid: true, Dropped: [], Tool: { } tool }
            ? new ExpectedCall(tool, check.Arguments, call)
            : throw Broken(check.IsValid ? check.Dropped[0] : check.Faults[0], call, place, field);
    }

    private static EvalInputException Broken(CallFault fault, JsonElement call, string place, string field) =>
        new($"{place}: field '{field}' is {JsonFields.Shown(call)}, which breaks the catalogue's rule '{fault.Rule}' at {fault.Path} (value \"{JsonFields.Shown(fault.Value)}\")");
}
