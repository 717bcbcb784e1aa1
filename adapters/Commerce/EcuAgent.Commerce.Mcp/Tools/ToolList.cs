using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>The tools of one server.</summary>
/// <param name="Server">Our name of it.</param>
/// <param name="Reason"><see cref="ToolReasons.Done"/>, or why there is no list.</param>
/// <param name="Tools">By name; where there is no list, what the file allows as not offered.</param>
public sealed record ToolList(string Server, string Reason, IReadOnlyList<ToolStanding> Tools);
