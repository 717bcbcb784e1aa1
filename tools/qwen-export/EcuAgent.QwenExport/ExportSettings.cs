namespace EcuAgent.QwenExport;

/// <summary>What to export and how.</summary>
/// <param name="CheckpointDirectory">Hugging Face folder.</param>
/// <param name="OutputDirectory">Package folder; made when missing, its model files are replaced.</param>
/// <param name="Bits">Bits of one weight: 32, 16, 8 or 4.</param>
/// <param name="PromptStyle">"compact" or "qwen".</param>
/// <param name="CataloguePath">catalogue.json the model was trained on; needed for compact.</param>
/// <param name="Name">Name of the model; null takes the checkpoint folder's name.</param>
/// <param name="MaxContext">Positions that prompt and answer share; 0 takes 512 for compact and 5120 for qwen, at most the checkpoint's own limit.</param>
internal sealed record ExportSettings(
    string CheckpointDirectory,
    string OutputDirectory,
    int Bits,
    string PromptStyle,
    string? CataloguePath = null,
    string? Name = null,
    int MaxContext = 0)
{
    /// <summary>Below this the weights stand inside model.onnx, so that a small model is one file.</summary>
    public const long DefaultInlineLimitBytes = 256L << 20;

    /// <summary>Bits of the output head (with tied embeddings: of both); null: as <see cref="Bits"/>.</summary>
    public int? HeadBits { get; init; }

    /// <summary>Exceptions by name, the last one that matches decides.</summary>
    public IReadOnlyList<BitRule> Rules { get; init; } = [];

    /// <summary>Relative error that each matrix may have; the fewest bits within it are taken instead of <see cref="Bits"/>.</summary>
    public double? ErrorBound { get; init; }

    /// <summary>Bits of one element of the key/value cache: 32 or 8.</summary>
    public int CacheBits { get; init; } = 32;

    /// <summary>Text for finding the steps of an 8-bit cache; null: a built-in one.</summary>
    public string? CalibrationPath { get; init; }

    /// <summary>Whether the graph gives logits of every position; for checking tools, our runtime wants the last one.</summary>
    public bool AllLogits { get; init; }

    /// <summary>Whether products with quantized weights keep their activations in float: about a third of the speed, for checking tools.</summary>
    public bool FloatActivations { get; init; }

    /// <summary>Whether the graph takes head_tokens.</summary>
    public bool ReducedHead { get; init; } = true;

    /// <summary>Bytes of weights above which they go to model.onnx.data; 0: always.</summary>
    public long InlineLimitBytes { get; init; } = DefaultInlineLimitBytes;

    /// <summary>Whether to load and run the result; null: where it fits into the memory the export itself may take.</summary>
    public bool? Check { get; init; }

    /// <summary>Where to write the report as JSON; null: nowhere.</summary>
    public string? ReportPath { get; init; }

    public BitPlan Plan(string headTensor) =>
        new(Bits, ErrorBound, HeadBits is { } bits ? [new BitRule(headTensor, bits), .. Rules] : Rules);
}
