namespace EcuAgent.QwenExport;

/// <summary>A checkpoint that cannot be exported. The message names file, tensor, what was expected and what was found.</summary>
internal sealed class ExportException(string message, Exception? inner = null) : Exception(message, inner);
