using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>Which tokens end an answer: eos_token_id of generation_config.json, else of config.json.</summary>
internal static class GenerationConfig
{
    public const string FileName = "generation_config.json";
    private const string EndOfTurn = "<|im_end|>";
    private const string EndOfText = "<|endoftext|>";

    /// <summary>Contents of the end tokens; the end of a chat turn comes first where the tokenizer has it.</summary>
    /// <exception cref="ExportException">A file is damaged, an id is no added token, or no end is known.</exception>
    public static string[] EndTokens(string directory)
    {
        var tokenizer = Path.Combine(directory, "tokenizer.json");
        var added = AddedTokens(ConfigFile.Read(tokenizer));
        var generation = Path.Combine(directory, FileName);
        var sources = File.Exists(generation)
            ? new[] { ConfigFile.Read(generation), ConfigFile.Read(Path.Combine(directory, CheckpointConfig.FileName)) }
            : [ConfigFile.Read(Path.Combine(directory, CheckpointConfig.FileName))];
        var tokens = new List<string>();
        if (added.ContainsValue(EndOfTurn))
        {
            tokens.Add(EndOfTurn);
        }

        foreach (var source in sources)
        {
            if (Ids(source) is { Length: > 0 } ids)
            {
                tokens.AddRange(ids.Select(id => added.TryGetValue(id, out var content)
                    ? content
                    : throw new ExportException($"{source.Path}: eos_token_id {id} is not an added token of {tokenizer}")));
                break;
            }
        }

        if (tokens.Count == 0 && added.ContainsValue(EndOfText))
        {
            tokens.Add(EndOfText);
        }

        return tokens.Count > 0
            ? [.. tokens.Distinct(StringComparer.Ordinal)]
            : throw new ExportException($"{generation}: no eos_token_id, and {tokenizer} has neither '{EndOfTurn}' nor '{EndOfText}'");
    }

    private static int[] Ids(ConfigFile file)
    {
        const string Name = "eos_token_id";
        if (file.Find(Name) is not { } value)
        {
            return [];
        }

        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        return [.. items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id) ? id : throw file.Wrong(Name, value, "a token id or a list of them"))];
    }

    private static Dictionary<int, string> AddedTokens(ConfigFile tokenizer)
    {
        var added = new Dictionary<int, string>();
        if (tokenizer.Find("added_tokens") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object
                    || tokenizer.Inside(item).OptionalInt("id") is not { } id
                    || tokenizer.Inside(item).OptionalText("content") is not { } content)
                {
                    throw new ExportException($"{tokenizer.Path}: added token {item.GetRawText()} has no id or no content");
                }

                added[id] = content;
            }
        }

        return added;
    }
}
