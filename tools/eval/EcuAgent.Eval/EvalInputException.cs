namespace EcuAgent.Eval;

/// <summary>What the program was given cannot be used. The message names the thing and the value.</summary>
internal sealed class EvalInputException(string message, Exception? inner = null) : Exception(message, inner);
