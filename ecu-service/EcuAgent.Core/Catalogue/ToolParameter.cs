namespace EcuAgent.Core.Catalogue;

/// <summary>One argument of a tool, as the catalogue declares it.</summary>
public sealed record ToolParameter
{
    /// <summary>Name in the JSON arguments.</summary>
    public required string Name { get; init; }

    /// <summary>What the value is.</summary>
    public required ToolParameterKind Kind { get; init; }

    /// <summary>True when a call without it is refused.</summary>
    public required bool Required { get; init; }

    /// <summary>Text for the model; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Allowed words of a <see cref="ToolParameterKind.Word"/>, in file order; otherwise empty.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Shortest text in UTF-16 units after trimming.</summary>
    public int MinLength { get; init; }

    /// <summary>Longest text in UTF-16 units after trimming; only for <see cref="ToolParameterKind.Text"/>.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>True when the text must occur in the utterance as it stands there (schema word <c>x-copied-from</c>).</summary>
    public bool CopiedFromUtterance { get; init; }

    /// <summary>Lowest allowed number, inclusive.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Highest allowed number, inclusive.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Step of a number, or null when any number between the bounds will do.</summary>
    public double? MultipleOf { get; init; }
}
