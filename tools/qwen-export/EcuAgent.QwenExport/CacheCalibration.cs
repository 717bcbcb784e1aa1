using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.QwenExport;

/// <summary>Finds the step of an int8 key/value cache by running the float graph over a text and noting the largest key and value of each channel.</summary>
internal static class CacheCalibration
{
    // What the text did not reach may be larger by this much before it is cut off.
    private const float Headroom = 1.25f;
    private const float LargestStep = 127;
    private const float SmallestScale = 1e-8f;
    private const int Positions = 512;
    private const int RunLength = 64;
    private const int SpreadTokens = 128;

    private const string DefaultText =
        "<|im_start|>user\n[car: parked; speaker: driver]\nset the temperature to 22 degrees and turn on the seat heating<|im_end|>\n"
        + "<|im_start|>assistant\n<tool_call>\n{\"name\": \"set_temperature\", \"arguments\": {\"degrees\": 22, \"zone\": \"driver\"}}\n</tool_call><|im_end|>\n"
        + "<|im_start|>user\n[car: moving; speaker: passenger]\nfind a vegetarian restaurant near the old town hall and take us there, avoid the motorway<|im_end|>\n"
        + "<|im_start|>assistant\nI found three places on the way. The nearest is open until ten o'clock.<|im_end|>\n"
        + "<|im_start|>user\n导航到人民广场附近的酒店，顺便把空调调到二十三度<|im_end|>\n<|im_start|>assistant\n好的，正在为您查找。<|im_end|>\n";

    /// <summary>One scale for each channel of each layer.</summary>
    public static IReadOnlyList<CacheScale> Measure(string graphPath, DecoderShape shape, ExportSettings settings, int context)
    {
        var tokenizer = QwenTokenizer.Load(Path.Combine(settings.CheckpointDirectory, ModelManifest.TokenizerFileName), shape.Vocabulary, GenerationConfig.EndTokens(settings.CheckpointDirectory));
        var text = settings.CalibrationPath is { } path ? File.ReadAllText(path) : DefaultText;
        var given = tokenizer.EncodeTrusted(text);
        if (given.Length == 0)
        {
            throw new ExportException($"{settings.CalibrationPath}: the text is empty");
        }

        // Tokens from all over the vocabulary behind the text, so that a channel which the text leaves quiet is not cut off later.
        var spreadCount = Math.Min(SpreadTokens, context / 2);
        int[] tokens =
        [
            .. given.Take(Math.Min(Positions, context) - spreadCount),
            .. Enumerable.Range(0, spreadCount).Select(i => (int)(((2 * i) + 1L) * shape.Vocabulary / (2 * spreadCount))),
        ];

        using var runner = new GraphRunner(graphPath, shape);
        for (var i = 0; i < tokens.Length; i += RunLength)
        {
            runner.Append(tokens.AsSpan(i, Math.Min(RunLength, tokens.Length - i)));
        }

        return [.. Enumerable.Range(0, shape.Layers).Select(layer => new CacheScale(Scales(runner.Cached(layer, values: false), tokens.Length), Scales(runner.Cached(layer, values: true), tokens.Length)))];

        float[] Scales(ReadOnlySpan<float> cached, int positions)
        {
            var size = shape.GraphHeadDimension;
            var scales = new float[shape.KeyValueHeads * size];
            for (var i = 0; i < cached.Length; i++)
            {
                var channel = (i / (positions * size) * size) + (i % size);
                scales[channel] = Math.Max(scales[channel], Math.Abs(cached[i]));
            }

            for (var i = 0; i < scales.Length; i++)
            {
                scales[i] = Math.Max(scales[i] * Headroom / LargestStep, SmallestScale);
            }

            return scales;
        }
    }
}
