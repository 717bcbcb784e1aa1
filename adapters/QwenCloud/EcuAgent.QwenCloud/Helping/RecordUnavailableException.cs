namespace EcuAgent.QwenCloud.Helping;

/// <summary>The record could not be written, so nothing was sent.</summary>
internal sealed class RecordUnavailableException(Exception inner) : Exception(inner.Message, inner);
