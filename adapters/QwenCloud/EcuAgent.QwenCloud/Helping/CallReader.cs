using System.Text.Json;
using EcuAgent.Core.Catalogue;
using EcuAgent.QwenCloud.Leaving;
using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>Reads calls out of an answer and checks them as the planner does.</summary>
internal static class CallReader
{
    public static IEnumerable<FunctionCallContent> CallsOf(ChatResponse response) =>
        response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();

    public static CallValidation Check(CallValidator validator, FunctionCallContent call, string utterance, string earlier = "")
    {
        var arguments = call.Arguments is null
            ? new Dictionary<string, object?>()
            : new Dictionary<string, object?>(call.Arguments, StringComparer.Ordinal);
        var check = validator.Validate(new ProposedCall(call.Name, arguments), utterance, earlier);
        return call.Exception is null ? check : check with { Faults = [.. check.Faults, new CallFault("$", "", CallRules.Readable)] };
    }

    /// <summary>The same call with hidden parts put back into its texts.</summary>
    public static FunctionCallContent Unmask(FunctionCallContent call, MaskedText masked)
    {
        var arguments = call.Arguments?.ToDictionary(
            pair => pair.Key,
            pair => pair.Value switch
            {
                string text => masked.Unmask(text),
                JsonElement { ValueKind: JsonValueKind.String } element => masked.Unmask(element.GetString()!),
                var other => other,
            },
            StringComparer.Ordinal);
        return new FunctionCallContent(call.CallId, call.Name, arguments) { Exception = call.Exception };
    }
}
