using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Priors;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>Tools of a request, read and compiled once; a client keeps the last few sets.</summary>
internal sealed class ToolSet
{
    private readonly CallGrammar[] _grammars;
    private readonly CallOpenings?[] _openings;

    /// <exception cref="QwenRequestException">A schema is outside the supported subset.</exception>
    public ToolSet(IReadOnlyList<AIFunctionDeclaration> tools, TokenTrie trie, QwenTokenizer tokenizer, OpeningPrior? prior = null)
    {
        Declarations = tools;
        Schemas = tools.Select(static t => ToolSchemaReader.Read(t.Name, t.JsonSchema)).ToDictionary(static t => t.Name, StringComparer.Ordinal);
        _grammars = [.. ((bool[])[false, true]).Select(canCopy =>
            new CallGrammar(CallGrammarBuilder.Build([.. Schemas.Values], canCopy), trie, tokenizer))];
        _openings = [.. _grammars.Select(g => prior is null ? null : CallOpenings.Find(prior, Schemas.Keys, g.MaskOf(0), tokenizer))];
        Fingerprint = CatalogueFingerprint.Compute(tools.Select(static t => (t.Name, t.JsonSchema)));
    }

    public IReadOnlyList<AIFunctionDeclaration> Declarations { get; }

    public IReadOnlyDictionary<string, ToolSchema> Schemas { get; }

    public string Fingerprint { get; }

    /// <summary>Tokens of prompts' heads with these tools.</summary>
    public PromptHeads Heads { get; } = new();

    /// <summary>States of the larger automaton.</summary>
    public int StateCount => _grammars[1].Dfa.StateCount;

    /// <summary>The grammar for an utterance; where nothing can be copied, tools that need a copied text are out.</summary>
    /// <exception cref="QwenRequestException">No tool is left.</exception>
    public CallGrammar GrammarFor(CopySource utterance)
    {
        var canCopy = CanCopy(utterance);
        if (!canCopy && Schemas.Values.All(static s => s.Properties.Any(static p => p is { IsRequired: true, Rule: ValueRule.CopiedText })))
        {
            throw new QwenRequestException(QwenRequestError.ToolsRequired, "every tool needs words of the utterance, and it holds none that can be copied");
        }

        return _grammars[canCopy ? 1 : 0];
    }

    /// <summary>Tokens that open a call in the grammar for an utterance, for a prior; null without one, and where it does not know the tools.</summary>
    public CallOpenings? OpeningsFor(CopySource utterance) => _openings[CanCopy(utterance) ? 1 : 0];

    /// <summary>Whether this set was made from these very tools.</summary>
    public bool IsFor(IReadOnlyList<AIFunctionDeclaration> tools)
    {
        if (tools.Count != Declarations.Count)
        {
            return false;
        }

        for (var i = 0; i < tools.Count; i++)
        {
            if (!ReferenceEquals(tools[i], Declarations[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool CanCopy(CopySource utterance) => utterance.Starts(ShortestCopyLimit()).Any();

    private int ShortestCopyLimit() => Schemas.Values
        .SelectMany(static s => s.Properties)
        .Select(static p => p.Rule is ValueRule.CopiedText copied ? copied.MaxLength : int.MaxValue)
        .DefaultIfEmpty(int.MaxValue)
        .Min();
}
