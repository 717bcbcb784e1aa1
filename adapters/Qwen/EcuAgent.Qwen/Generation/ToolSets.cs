using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Priors;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Qwen.Generation;

/// <summary>The last few tool sets of a client, compiled; the least recently used one goes. Thread-safe.</summary>
internal sealed class ToolSets(ModelPackage package, QwenTokenizer tokenizer, TimeProvider time, ILogger logger, OpeningPrior? prior = null)
{
    private const int Kept = 8;
    private readonly Lock _gate = new();
    private readonly Lazy<TokenTrie> _trie = new(() => new TokenTrie(tokenizer));

    // The most recently used one is last.
    private readonly List<ToolSet> _sets = [];

    /// <summary>The set for these very tools.</summary>
    /// <param name="tools">Tools that may be called.</param>
    /// <param name="offered">All tools of the request; a compact model knows them as one catalogue.</param>
    /// <exception cref="QwenRequestException">A schema is outside the subset, or a compact model was trained on another catalogue.</exception>
    public ToolSet GetOrAdd(List<AIFunctionDeclaration> tools, List<AIFunctionDeclaration> offered)
    {
        lock (_gate)
        {
            var set = _sets.Find(s => s.IsFor(tools));
            if (set is not null)
            {
                _sets.Remove(set);
            }
            else
            {
                set = Compile(tools, offered);
                if (_sets.Count == Kept)
                {
                    _sets.RemoveAt(0);
                }
            }

            _sets.Add(set);
            return set;
        }
    }

    private ToolSet Compile(List<AIFunctionDeclaration> tools, List<AIFunctionDeclaration> offered)
    {
        var started = time.GetTimestamp();
        var set = new ToolSet(tools, _trie.Value, tokenizer, prior);
        if (package.Style == PromptStyle.Compact)
        {
            // A compact model never sees the schemas: it knows one catalogue, of which a request may require one function.
            var fingerprint = CatalogueFingerprint.Compute(offered.Select(static t => (t.Name, t.JsonSchema)));
            if (fingerprint != package.Manifest.CatalogueSha256)
            {
                throw new QwenRequestException(
                    QwenRequestError.CatalogueMismatch,
                    $"the {offered.Count} tools of the request have catalogue fingerprint {fingerprint}, but '{package.Manifest.Name}' was trained on {package.Manifest.CatalogueSha256}");
            }
        }

        Log.ToolsCompiled(logger, tools.Count, set.StateCount, set.Fingerprint, time.GetElapsedTime(started).TotalMilliseconds);
        return set;
    }
}
