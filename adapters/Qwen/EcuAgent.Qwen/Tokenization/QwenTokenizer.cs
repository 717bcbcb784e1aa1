using System.Text;
using Microsoft.ML.Tokenizers;

namespace EcuAgent.Qwen.Tokenization;

/// <summary>
/// Text to token ids and back, from a tokenizer.json of the Qwen layout. Added tokens are matched leftmost and longest, in
/// trusted text only; everything between goes through NFC, the file's own pattern and byte-level BPE.
/// </summary>
internal sealed class QwenTokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly Dictionary<string, int> _added;
    private readonly Dictionary<char, string[]> _addedByFirstChar;
    private readonly byte[]?[] _bytes;
    private readonly bool[] _isSpecial;
    private readonly Dictionary<byte, int> _byteTokens = [];

    private QwenTokenizer(string path, TokenizerFile file, int vocabularySize, IReadOnlyList<string> eosTokens, IReadOnlyList<int> moreEosIds)
    {
        VocabularySize = vocabularySize;
        _bytes = new byte[]?[vocabularySize];
        _isSpecial = new bool[vocabularySize];
        ReadVocabulary(path, file);
        _added = file.AddedTokens.ToDictionary(static t => t.Content, static t => t.Id, StringComparer.Ordinal);
        _addedByFirstChar = _added.Keys
            .GroupBy(static text => text[0])
            .ToDictionary(static g => g.Key, static g => g.OrderByDescending(static t => t.Length).ThenBy(static t => t, StringComparer.Ordinal).ToArray());
        RequireByteTokens(path);
        EosIds =
        [
            .. eosTokens
                .Select(token => _added.TryGetValue(token, out var id)
                    ? id
                    : throw new QwenModelException(QwenModelError.Inconsistent, path, $"eos token '{token}' is not an added token"))
                .Concat(moreEosIds.Select(id => id >= 0 && id < vocabularySize && _isSpecial[id]
                    ? id
                    : throw new QwenModelException(QwenModelError.Inconsistent, path, $"the configuration names {id} as end token, and that is no control token here")))
                .Distinct(),
        ];
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(file.Pattern, null),
        });
    }

    /// <summary>Logits of the model; ids without a token are below it too.</summary>
    public int VocabularySize { get; }

    public int[] EosIds { get; }

    /// <summary>Reads a tokenizer and checks it against the model's vocabulary size.</summary>
    /// <exception cref="QwenModelException">Missing, damaged, of another layout, or not fitting the model.</exception>
    public static QwenTokenizer Load(string path, int vocabularySize, IReadOnlyList<string> eosTokens, IReadOnlyList<int>? moreEosIds = null)
    {
        if (!PlainText.CanNormalize())
        {
            throw new QwenModelException(
                QwenModelError.NoUnicodeNormalization,
                path,
                "text cannot be normalised to NFC: InvariantGlobalization is on or ICU is missing; set InvariantGlobalization to false and install libicu");
        }

        return new QwenTokenizer(path, TokenizerFile.Read(path), vocabularySize, eosTokens, moreEosIds ?? []);
    }

    /// <summary>Bytes of a token; null for control tokens and for ids without a token.</summary>
    public byte[]? TextBytesOf(int id) => _isSpecial[id] ? null : _bytes[id];

    /// <summary>The token of a single byte; every byte has one.</summary>
    public int ByteToken(byte value) => _byteTokens[value];

    public bool IsSpecial(int id) => _isSpecial[id];

    public bool TryGetAdded(string content, out int id) => _added.TryGetValue(content, out id);

    /// <summary>Ids of text that this library wrote.</summary>
    public int[] EncodeTrusted(string text) => Encode([PromptSegment.Trusted(text)]);

    /// <summary>Ids of anybody's text: no added or control token can come out.</summary>
    public int[] EncodeForeign(string text) => Encode([PromptSegment.Foreign(text)]);

    /// <summary>Ids of a prompt. Neighbouring pieces of plain text are joined first, so that they merge as in one text.</summary>
    public int[] Encode(IEnumerable<PromptSegment> segments)
    {
        var ids = new List<int>();
        var plain = new StringBuilder();
        foreach (var segment in segments)
        {
            if (!segment.IsTrusted)
            {
                plain.Append(segment.Text);
                continue;
            }

            var text = segment.Text;
            for (var i = 0; i < text.Length;)
            {
                if (LongestAddedAt(text, i) is { } added)
                {
                    FlushPlain(plain, ids);
                    ids.Add(_added[added]);
                    i += added.Length;
                }
                else
                {
                    plain.Append(text[i++]);
                }
            }
        }

        FlushPlain(plain, ids);
        return [.. ids];
    }

    /// <summary>Bytes of ids in a row; control tokens give their written form.</summary>
    public byte[] DecodeBytes(ReadOnlySpan<int> ids)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            bytes.AddRange(_bytes[id] ?? []);
        }

        return [.. bytes];
    }

    private void FlushPlain(StringBuilder plain, List<int> ids)
    {
        if (plain.Length > 0)
        {
            ids.AddRange(_bpe.EncodeToIds(PlainText.Normalize(plain.ToString())));
            plain.Clear();
        }
    }

    private string? LongestAddedAt(string text, int start)
    {
        if (_addedByFirstChar.TryGetValue(text[start], out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private void ReadVocabulary(string path, TokenizerFile file)
    {
        foreach (var (token, id) in file.Vocabulary)
        {
            Store(path, id, token, ByteLevelAlphabet.TryBytes(token) ?? Encoding.UTF8.GetBytes(token));
        }

        foreach (var group in file.AddedTokens.GroupBy(static t => t.Content))
        {
            if (group.Key.Length == 0 || group.Count() > 1)
            {
                throw new QwenModelException(QwenModelError.Inconsistent, path, $"added token '{group.Key}' occurs {group.Count()} times, expected once and not empty");
            }
        }

        foreach (var added in file.AddedTokens)
        {
            // Some files repeat added tokens in the vocabulary, under the same id.
            if (!file.Vocabulary.TryGetValue(added.Content, out var same) || same != added.Id)
            {
                Store(path, added.Id, added.Content, Encoding.UTF8.GetBytes(added.Content));
            }

            _isSpecial[added.Id] = added.IsSpecial;
        }
    }

    private void Store(string path, int id, string token, byte[] bytes)
    {
        if (id < 0 || id >= VocabularySize)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, path, $"token '{token}' has id {id}, but the model has {VocabularySize} logits");
        }

        if (_bytes[id] is not null)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, path, $"token '{token}' has id {id}, which another token has too");
        }

        _bytes[id] = bytes;
    }

    private void RequireByteTokens(string path)
    {
        for (var id = 0; id < _bytes.Length; id++)
        {
            if (!_isSpecial[id] && _bytes[id] is { Length: 1 } single)
            {
                _byteTokens.TryAdd(single[0], id);
            }
        }

        for (var b = 0; b < 256; b++)
        {
            if (!_byteTokens.ContainsKey((byte)b))
            {
                throw new QwenModelException(QwenModelError.Inconsistent, path, $"no token for byte {b}: constrained decoding needs one for each of the 256 bytes");
            }
        }
    }
}
