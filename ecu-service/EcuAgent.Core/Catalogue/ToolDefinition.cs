using System.Text.Json;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Catalogue;

/// <summary>One tool that the model may propose.</summary>
public sealed record ToolDefinition
{
    /// <summary>Unique name, one of <see cref="ToolNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Domain for reports, such as <c>hvac</c> or <c>navigation</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>The class that the gate judges.</summary>
    public required ActionClass ActionClass { get; init; }

    /// <summary>Text for the model.</summary>
    public required string Description { get; init; }

    /// <summary>Arguments in the order of the file.</summary>
    public required IReadOnlyList<ToolParameter> Parameters { get; init; }

    /// <summary>The JSON schema of the arguments as it stands in the file, <c>x-copied-from</c> included.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>The argument of that name, or null.</summary>
    public ToolParameter? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.Ordinal))
            {
                return parameter;
            }
        }

        return null;
    }
}
