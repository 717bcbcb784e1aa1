namespace EcuAgent.QwenExport;

/// <summary>Shapes of published Qwen models, for benches without their weights.</summary>
internal static class RandomShapes
{
    private static readonly Dictionary<string, DecoderShape> Known = new(StringComparer.Ordinal)
    {
        ["tiny"] = Qwen3(64, 2, 4, 2, 32, 160, tied: true, vocabulary: 512),
        ["qwen3-0.6b"] = Qwen3(1024, 28, 16, 8, 128, 3072, tied: true),
        ["qwen3-1.7b"] = Qwen3(2048, 28, 16, 8, 128, 6144, tied: true),
        ["qwen3-4b"] = Qwen3(2560, 36, 32, 8, 128, 9728, tied: true),
        ["qwen3-8b"] = Qwen3(4096, 36, 32, 8, 128, 12288, tied: false),
        ["qwen2.5-0.5b"] = Qwen2(896, 24, 14, 2, 4864, tied: true),
        ["qwen2.5-1.5b"] = Qwen2(1536, 28, 12, 2, 8960, tied: true),
        ["qwen2.5-3b"] = Qwen2(2048, 36, 16, 2, 11008, tied: true),
        ["qwen2.5-7b"] = Qwen2(3584, 28, 28, 4, 18944, tied: false, vocabulary: 152064),
    };

    public static string[] Names => [.. Known.Keys];

    public static DecoderShape Get(string name) => Known[name];

    private static DecoderShape Qwen3(int hidden, int layers, int heads, int keyValueHeads, int headDimension, int intermediate, bool tied, int vocabulary = 151936) =>
        Shape("qwen3", hidden, layers, heads, keyValueHeads, headDimension, intermediate, tied, vocabulary, 40960);

    private static DecoderShape Qwen2(int hidden, int layers, int heads, int keyValueHeads, int intermediate, bool tied, int vocabulary = 151936) =>
        Shape("qwen2", hidden, layers, heads, keyValueHeads, hidden / heads, intermediate, tied, vocabulary, 32768);

    private static DecoderShape Shape(
        string family, int hidden, int layers, int heads, int keyValueHeads, int headDimension, int intermediate, bool tied, int vocabulary, int positions) => new()
        {
            Family = family,
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadDimension = headDimension,
            Intermediate = intermediate,
            Vocabulary = vocabulary,
            Epsilon = 1e-6,
            Tied = tied,
            HasQkvBias = family == "qwen2",
            HasOutputBias = false,
            Rope = new Rope("default", 1_000_000),
            Windows = [.. Enumerable.Repeat(-1, layers)],
            MaxPositions = positions,
        };
}
