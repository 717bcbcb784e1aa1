using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A tool and what it counts as.</summary>
/// <param name="Server">Our name of its server.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Class">The gate's row.</param>
/// <param name="Why">Why that row: <see cref="ToolReasons.Allowed"/>, <see cref="ToolReasons.NotListed"/>, <see cref="ToolReasons.ToolChanged"/>
/// or <see cref="ToolReasons.NotOffered"/>.</param>
public sealed record ToolStanding(string Server, string Name, ActionClass Class, string Why)
{
    /// <summary>What the server says of it, as plain text; shown, and never obeyed.</summary>
    public string Description { get; init; } = "";

    /// <summary>Hash of its present definition; empty where the server does not have it.</summary>
    public string Pin { get; init; } = "";

    /// <summary>True when the file holds its definition to a hash.</summary>
    public bool IsPinned { get; init; }

    /// <summary>The server's own word that it only reads. Shown; no class follows from it.</summary>
    public bool SaysReadOnly { get; init; }
}
