using EcuAgent.Qwen.Package;

namespace EcuAgent.QwenExport;

/// <summary>What config.json says about a decoder, checked: everything that decides the graph.</summary>
internal sealed record DecoderShape
{
    // The CPU kernel of GroupQueryAttention takes heads of a multiple of 16 only.
    private const int HeadMultiple = 16;

    /// <summary>"qwen2" (Qwen2 and Qwen2.5) or "qwen3".</summary>
    public required string Family { get; init; }

    public required int Hidden { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    /// <summary>Elements of one head in the checkpoint; even.</summary>
    public required int HeadDimension { get; init; }

    public required int Intermediate { get; init; }

    public required int Vocabulary { get; init; }

    public required double Epsilon { get; init; }

    public required bool Tied { get; init; }

    /// <summary>Biases of the query, key and value projections.</summary>
    public required bool HasQkvBias { get; init; }

    /// <summary>Bias of the attention's output projection.</summary>
    public required bool HasOutputBias { get; init; }

    public required Rope Rope { get; init; }

    /// <summary>Per layer: how many positions back attention sees, the own one included; -1: all.</summary>
    public required int[] Windows { get; init; }

    /// <summary>Positions that the model itself allows.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Qwen3 norms every head of queries and keys.</summary>
    public bool HasHeadNorm => Family == "qwen3";

    /// <summary>Elements of one head in the graph: <see cref="HeadDimension"/> filled up with zeros to a multiple of 16.</summary>
    public int GraphHeadDimension => (HeadDimension + HeadMultiple - 1) / HeadMultiple * HeadMultiple;

    /// <summary>Where element i of all <paramref name="heads"/> heads in a row goes in the graph; null when nothing moves.</summary>
    /// <remarks>Rotary embedding turns element i of the first half with element i of the second, so each half is filled up on its own.</remarks>
    public int[]? HeadMap(int heads)
    {
        if (HeadDimension == GraphHeadDimension)
        {
            return null;
        }

        var map = new int[heads * HeadDimension];
        var shift = (GraphHeadDimension - HeadDimension) / 2;
        for (var i = 0; i < map.Length; i++)
        {
            var (head, element) = (i / HeadDimension, i % HeadDimension);
            map[i] = (head * GraphHeadDimension) + element + (element < HeadDimension / 2 ? 0 : shift);
        }

        return map;
    }

    /// <summary>The part that the manifest carries.</summary>
    public ModelConfig ToModelConfig() => new()
    {
        HiddenSize = Hidden,
        LayerCount = Layers,
        HeadCount = Heads,
        KeyValueHeadCount = KeyValueHeads,
        HeadDimension = GraphHeadDimension,
        IntermediateSize = Intermediate,
        VocabularySize = Vocabulary,
        RopeTheta = Rope.Theta,
        RmsNormEpsilon = Epsilon,
        TiedEmbeddings = Tied,
    };
}
