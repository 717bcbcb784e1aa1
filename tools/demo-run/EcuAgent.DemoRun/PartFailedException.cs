namespace EcuAgent.DemoRun;

/// <summary>A process of the demo is missing, did not get ready or ended by surprise. The message names it and says where its log is.</summary>
internal sealed class PartFailedException(string message) : Exception(message);
