using System.Text.Json;
using EcuAgent.Core.Catalogue;

namespace EcuAgent.Eval.Sets;

/// <summary>A gold call of ours; it has passed the catalogue check.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its typed arguments.</param>
/// <param name="Source">The call as it stands in the file, for reports.</param>
internal sealed record ExpectedCall(ToolDefinition Tool, ToolArguments Arguments, JsonElement Source);
