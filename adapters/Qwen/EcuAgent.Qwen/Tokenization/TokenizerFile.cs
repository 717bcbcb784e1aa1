using System.Text.Json;
using System.Text.RegularExpressions;

namespace EcuAgent.Qwen.Tokenization;

/// <summary>What a Hugging Face tokenizer.json of the Qwen layout says; anything else in it is refused by name.</summary>
internal sealed record TokenizerFile(
    Dictionary<string, int> Vocabulary,
    List<string> Merges,
    List<AddedToken> AddedTokens,
    Regex Pattern)
{
    // A pattern that backtracks without end must not hang the service on one utterance.
    private static readonly TimeSpan PatternTimeLimit = TimeSpan.FromSeconds(5);

    public static TokenizerFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new QwenModelException(QwenModelError.Missing, path, "the file does not exist");
        }

        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Parse(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"not a tokenizer of the Qwen layout: {e.Message}", e);
        }
    }

    private static TokenizerFile Parse(string path, JsonElement root)
    {
        var model = root.GetProperty("model");
        Expect("model.type", model.TryGetProperty("type", out var type) ? type.GetString() : "BPE", "BPE");
        Expect("normalizer.type", TypeOf(root, "normalizer"), "NFC");

        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in model.GetProperty("vocab").EnumerateObject())
        {
            vocabulary.Add(entry.Name, entry.Value.GetInt32());
        }

        var merges = new List<string>();
        foreach (var merge in model.GetProperty("merges").EnumerateArray())
        {
            // Written as "a b" before 2024 and as ["a","b"] since.
            merges.Add(merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!);
        }

        var added = new List<AddedToken>();
        if (root.TryGetProperty("added_tokens", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                added.Add(ReadAdded(path, item));
            }
        }

        return new TokenizerFile(vocabulary, merges, added, ReadPattern(path, root));

        void Expect(string name, string? found, string expected)
        {
            if (found != expected)
            {
                throw new QwenModelException(QwenModelError.Unsupported, path, $"{name} is '{found}', expected '{expected}'");
            }
        }
    }

    private static string? TypeOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part.GetProperty("type").GetString() : null;

    private static AddedToken ReadAdded(string path, JsonElement item)
    {
        var content = item.GetProperty("content").GetString()!;
        foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
        {
            if (item.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True)
            {
                throw new QwenModelException(QwenModelError.Unsupported, path, $"added token '{content}' has {flag} = true, expected false");
            }
        }

        var special = item.TryGetProperty("special", out var s) && s.ValueKind == JsonValueKind.True;
        return new AddedToken(item.GetProperty("id").GetInt32(), content, special);
    }

    private static Regex ReadPattern(string path, JsonElement root)
    {
        var splits = new List<string>();
        if (root.TryGetProperty("pre_tokenizer", out var pre) && pre.ValueKind == JsonValueKind.Object)
        {
            var parts = pre.TryGetProperty("pretokenizers", out var list) ? list.EnumerateArray().ToArray() : [pre];
            foreach (var part in parts)
            {
                var type = part.GetProperty("type").GetString();
                if (type == "Split")
                {
                    splits.Add(part.GetProperty("pattern").GetProperty("Regex").GetString()!);
                }
                else if (type != "ByteLevel" || IsTrue(part, "add_prefix_space") || IsTrue(part, "use_regex"))
                {
                    throw new QwenModelException(QwenModelError.Unsupported, path, $"pre_tokenizer {part.GetRawText()}");
                }
            }
        }

        return splits.Count == 1
            ? new Regex(splits[0], RegexOptions.CultureInvariant | RegexOptions.Compiled, PatternTimeLimit)
            : throw new QwenModelException(QwenModelError.Unsupported, path, $"{splits.Count} Split pre-tokenizers, expected 1");
    }

    private static bool IsTrue(JsonElement part, string name) => part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
