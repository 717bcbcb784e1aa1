using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>A call that the gate let through and that may become one of several errands.</summary>
internal sealed record ErrandDraft(TurnPart Part, ToolDefinition Tool, ToolArguments Arguments, GateRequest Request);
