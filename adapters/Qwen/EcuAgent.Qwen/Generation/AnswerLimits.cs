namespace EcuAgent.Qwen.Generation;

/// <summary>What one answer may cost.</summary>
/// <param name="MaxTokens">Output tokens.</param>
/// <param name="MaxCalls">Tool calls.</param>
/// <param name="Time">Time from the first model run.</param>
/// <param name="AppendForced">Whether text that the grammar fixes skips the model.</param>
internal readonly record struct AnswerLimits(int MaxTokens, int MaxCalls, TimeSpan Time, bool AppendForced);
