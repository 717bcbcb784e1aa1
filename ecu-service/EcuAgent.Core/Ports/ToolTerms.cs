using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>What a call of a tool is at an instant; a yes holds for the same terms only.</summary>
/// <param name="Class">The gate's row.</param>
/// <param name="Why">Why that row, see <see cref="Tools.ToolReasons"/>.</param>
/// <param name="Key">A text that is the same only for the same definition of the tool and the same arguments.</param>
public sealed record ToolTerms(ActionClass Class, string Why, string Key);
