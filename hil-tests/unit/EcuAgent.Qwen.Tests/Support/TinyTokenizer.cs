using System.Text;
using System.Text.Json;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>
/// A small tokenizer.json in the Qwen layout: the byte alphabet in its published order, some merges found by counting pairs in a
/// few sentences, and added tokens as the compact dialect has them. Written without the product's code.
/// </summary>
internal static class TinyTokenizer
{
    public static readonly string[] Special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    public static readonly string[] Structure =
    [
        "[car: parked; ", "[car: moving; ", "speaker: driver]",
        "<tool_call>\n{\"name\": \"set_temperature\", \"arguments\": {", "<tool_call>\n{\"name\": \"navigate_to\", \"arguments\": {",
        "<tool_call>", "</tool_call>", "}}\n</tool_call>", "\"degrees\": ", "\"zone\": ", ", \"zone\": ", "\"destination\": ",
        "\"driver\"", "\"rear_left\"", "\"rear\"", "true", "false", "<think>", "</think>",
    ];

    private const int MergeCount = 120;

    private const string Corpus = "navigate to the golden dragon on castle street set the temperature to twenty two degrees take me home "
        + "find a charging station along the route turn on the seat heating for the driver order two pizzas 导航到人民广场 把温度调到二十三度 打开空调 "
        + "{\"name\": \"arguments\": {\"zone\": \"rear_left\", \"degrees\": 21.5}} true false";

    private const string Pattern = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /// <summary>Tokens in all.</summary>
    public static int Size { get; } = 256 + MergeCount + Special.Length + Structure.Length;

    public static string Json { get; } = Build();

    /// <summary>Id of an added token.</summary>
    public static int IdOf(string added) => 256 + MergeCount + Special.Concat(Structure).ToList().IndexOf(added);

    private static string Build()
    {
        var toChar = ByteAlphabet();
        var vocabulary = new Dictionary<string, int>();
        foreach (var c in toChar.Order())
        {
            vocabulary.Add(c.ToString(), vocabulary.Count);
        }

        var merges = new List<string[]>();
        var words = Corpus.Split(' ').Select((w, i) => (i == 0 ? w : " " + w)).Select(w => Encoding.UTF8.GetBytes(w).Select(b => toChar[b].ToString()).ToList()).ToList();
        while (merges.Count < MergeCount)
        {
            var best = words.SelectMany(static w => w.Zip(w.Skip(1))).GroupBy(static p => p)
                .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.First + " " + g.Key.Second, StringComparer.Ordinal).First().Key;
            merges.Add([best.First, best.Second]);
            vocabulary.Add(best.First + best.Second, vocabulary.Count);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.First && word[i + 1] == best.Second)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        var added = Special.Concat(Structure).Select((content, i) => new
        {
            id = vocabulary.Count + i, content, single_word = false, lstrip = false, rstrip = false, normalized = false, special = i < Special.Length,
        });
        return JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = added.ToArray(),
            normalizer = new { type = "NFC" },
            pre_tokenizer = new
            {
                type = "Sequence",
                pretokenizers = new object[]
                {
                    new { type = "Split", pattern = new { Regex = Pattern }, behavior = "Isolated", invert = false },
                    new { type = "ByteLevel", add_prefix_space = false, trim_offsets = false, use_regex = false },
                },
            },
            model = new { type = "BPE", vocab = vocabulary, merges },
        });
    }

    private static char[] ByteAlphabet()
    {
        var map = new char[256];
        var next = 256;
        for (var b = 0; b < 256; b++)
        {
            map[b] = b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? (char)b : (char)next++;
        }

        return map;
    }
}
