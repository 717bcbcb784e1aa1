using EcuAgent.Core.Catalogue;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>Decides from the local model's checked calls whether somebody else may be asked. Pure.</summary>
/// <remarks>
/// One refusal as unsafe anywhere is final. One valid call that does something is the local model's answer, also beside others that are
/// not valid. What is left is beyond it.
/// </remarks>
internal static class BeyondLocalRule
{
    public static BeyondLocal Judge(IReadOnlyList<CallValidation> calls)
    {
        if (calls.Any(call => call.Tool?.Name == ToolNames.Refuse && (!call.IsValid || call.Arguments.Text("reason") == "unsafe")))
        {
            // A refusal whose reason cannot be read may have meant this.
            return BeyondLocal.Unsafe;
        }

        var valid = calls.Where(call => call.IsValid).ToList();
        return calls.Count == 0 ? BeyondLocal.NoCall
            : valid.Count == 0 ? BeyondLocal.Invalid
            : valid.Exists(call => call.Tool!.Name is not (ToolNames.Clarify or ToolNames.Refuse)) ? BeyondLocal.No
            : valid.Exists(call => call.Tool!.Name == ToolNames.Clarify) ? BeyondLocal.Clarify
            : BeyondLocal.OutOfScope;
    }
}
