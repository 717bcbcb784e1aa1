using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>
/// A tokenizer.json in the Qwen layout without merges: one token for each byte, and Qwen's control tokens, at their own ids where
/// the vocabulary is large enough. For random models only: real text gets about four times the tokens it would have.
/// </summary>
internal static class ByteTokenizer
{
    private const int FirstControlId = 151_643;
    private const string Pattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    // In the order of Qwen3's ids; false: written out in text.
    private static readonly (string Content, bool Special)[] Control =
    [
        ("<|endoftext|>", true), ("<|im_start|>", true), ("<|im_end|>", true), ("<|object_ref_start|>", true), ("<|object_ref_end|>", true),
        ("<|box_start|>", true), ("<|box_end|>", true), ("<|quad_start|>", true), ("<|quad_end|>", true), ("<|vision_start|>", true),
        ("<|vision_end|>", true), ("<|vision_pad|>", true), ("<|image_pad|>", true), ("<|video_pad|>", true), ("<tool_call>", false),
        ("</tool_call>", false), ("<|fim_prefix|>", false), ("<|fim_middle|>", false), ("<|fim_suffix|>", false), ("<|fim_pad|>", false),
        ("<|repo_name|>", false), ("<|file_sep|>", false), ("<tool_response>", false), ("</tool_response>", false), ("<think>", false), ("</think>", false),
    ];

    /// <exception cref="ExportException">The vocabulary is too small for the bytes and the control tokens.</exception>
    public static byte[] Create(int vocabularySize)
    {
        var first = vocabularySize >= FirstControlId + Control.Length ? FirstControlId : 256;
        if (vocabularySize < first + Control.Length)
        {
            throw new ExportException($"vocabulary of {vocabularySize}: expected {first + Control.Length} or more for the bytes and Qwen's control tokens");
        }

        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = "1.0",
            added_tokens = Control.Select((token, i) => new
            {
                id = first + i, content = token.Content, single_word = false, lstrip = false, rstrip = false, normalized = false, special = token.Special,
            }).ToArray(),
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
            decoder = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = false, use_regex = false },
            model = new { type = "BPE", vocab = ByteCharacters().Order().Select((c, i) => (c, i)).ToDictionary(static x => x.c.ToString(), static x => x.i), merges = Array.Empty<string>() },
        });
    }

    // The byte-level alphabet: printable Latin-1 stands for itself, the rest follows from U+0100 on.
    private static IEnumerable<char> ByteCharacters()
    {
        var next = 256;
        for (var b = 0; b < 256; b++)
        {
            yield return b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)b : (char)next++;
        }
    }
}
