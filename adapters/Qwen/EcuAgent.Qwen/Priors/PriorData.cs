namespace EcuAgent.Qwen.Priors;

/// <summary>Contents of prior.bin, checked.</summary>
internal sealed record PriorData
{
    public const int MostDimensions = 64;
    public const int MostClasses = 256;
    public const int MostTools = 128;

    public required TextBuckets Buckets { get; init; }

    public required float Weight { get; init; }

    public required string[] Tools { get; init; }

    /// <summary>Logits, one for each tool.</summary>
    public required float[] ToolBias { get; init; }

    /// <summary>Index of the tool of each class; a tool may have several classes.</summary>
    public required int[] ClassTools { get; init; }

    /// <summary>Value of one step of the rows, for each dimension.</summary>
    public required float[] Scales { get; init; }

    public required float[] ClassBias { get; init; }

    /// <summary>[class, dimension].</summary>
    public required float[] Output { get; init; }

    /// <summary>[bucket, dimension].</summary>
    public required sbyte[] Rows { get; init; }
}
