using System.Text;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Draws call blocks from a grammar by chance instead of by a model.</summary>
internal sealed class GrammarWalk
{
    private readonly QwenTokenizer _tokenizer;
    private readonly ToolSet _tools;

    public GrammarWalk(TestFiles files, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var path = Path.Combine(files.Root, "walk-tokenizer.json");
        File.WriteAllText(path, TinyTokenizer.Json);
        _tokenizer = QwenTokenizer.Load(path, TinyTokenizer.Size, ["<|im_end|>"]);
        _tools = new ToolSet(tools, new TokenTrie(_tokenizer), _tokenizer);
    }

    /// <summary>One random block as text; chance picks among the allowed tokens.</summary>
    public string Draw(string utterance, bool keepsSpace, Random random, bool takeForced)
    {
        var source = new CopySource((keepsSpace ? " " : "") + utterance, keepsSpace);
        var cursor = new GrammarCursor(_tools.GrammarFor(source), source, _tokenizer);
        var ids = new List<int>();
        while (!cursor.IsComplete)
        {
            if (takeForced && cursor.TakeForced() is { IsEmpty: false } forced)
            {
                ids.AddRange(forced);
                continue;
            }

            var allowed = cursor.Mask().Ids;
            var token = allowed[random.Next(allowed.Length)];
            cursor.Accept(token);
            ids.Add(token);
            Assert(ids.Count < 4000);
        }

        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(_tokenizer.DecodeBytes([.. ids]));
    }

    /// <summary>Whether the grammar accepts a whole block byte by byte.</summary>
    public bool Accepts(string block, string utterance)
    {
        var source = new CopySource(utterance, keepsSpace: false);
        var cursor = new GrammarCursor(_tools.GrammarFor(source), source, _tokenizer);
        foreach (var b in Encoding.UTF8.GetBytes(block))
        {
            var token = _tokenizer.ByteToken(b);
            if (cursor.IsComplete || !cursor.Mask().Contains(token))
            {
                return false;
            }

            cursor.Accept(token);
        }

        return cursor.IsComplete;
    }

    private static void Assert(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("the grammar does not come to an end");
        }
    }
}
