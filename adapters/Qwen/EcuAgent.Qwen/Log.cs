using Microsoft.Extensions.Logging;

namespace EcuAgent.Qwen;

/// <summary>Log lines of this adapter; event ids 2000 to 2099. What people said and what the model answered appears at Trace only.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Model '{Name}' loaded from {Path} ({Layout} folder): {Layers} layers, {Bits} bits (0: unknown), prompt style {Style}, context {Context}, {Threads} threads, {LoadMs} ms")]
    public static partial void ModelLoaded(ILogger logger, string name, string path, string layout, int layers, int bits, string style, int context, int threads, long loadMs);

    [LoggerMessage(2001, LogLevel.Debug, "Answer done: {FinishReason}, prompt {PromptTokens} tokens of which {CachedTokens} cached, output {OutputTokens} of which {ForcedTokens} forced, {ModelRuns} model runs, {ElapsedMs} ms")]
    public static partial void AnswerDone(ILogger logger, string finishReason, int promptTokens, int cachedTokens, int outputTokens, int forcedTokens, long modelRuns, double elapsedMs);

    [LoggerMessage(2002, LogLevel.Warning, "Answer cut ({Reason}) after {OutputTokens} tokens and {ElapsedMs} ms; limits: {MaxTokens} tokens, {TimeLimit}")]
    public static partial void AnswerCut(ILogger logger, QwenEndReason reason, int outputTokens, double elapsedMs, int maxTokens, TimeSpan timeLimit);

    [LoggerMessage(2003, LogLevel.Information, "Tools compiled: {Tools} tools, {States} automaton states, catalogue {Fingerprint}, {ElapsedMs} ms")]
    public static partial void ToolsCompiled(ILogger logger, int tools, int states, string fingerprint, double elapsedMs);

    [LoggerMessage(2006, LogLevel.Information, "Execution provider {Provider}: {Reason}")]
    public static partial void ProviderChosen(ILogger logger, QwenExecutionProvider provider, string reason);

    [LoggerMessage(2007, LogLevel.Information, "Key/value cache: {Sessions} sequences of {Context} positions, {CacheMegabytes} MB at most, {Mode}; prefixes: {MaxPrefixes} of {PrefixMegabytes} MB in all; reduced head: {HasReducedHead}")]
    public static partial void CacheSetUp(ILogger logger, int sessions, int context, long cacheMegabytes, string mode, int maxPrefixes, long prefixMegabytes, bool hasReducedHead);

    [LoggerMessage(2008, LogLevel.Warning, "Request refused: its {TimeLimit} were over before its turn came")]
    public static partial void DeadlineWhileWaiting(ILogger logger, TimeSpan timeLimit);

    [LoggerMessage(2004, LogLevel.Warning, "Request refused: {Waiting} requests wait already, limit {Limit}")]
    public static partial void Busy(ILogger logger, int waiting, int limit);

    [LoggerMessage(2005, LogLevel.Trace, "Call: {Name} {Arguments}")]
    public static partial void Call(ILogger logger, string name, string arguments);
}
