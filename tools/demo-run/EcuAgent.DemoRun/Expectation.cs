namespace EcuAgent.DemoRun;

/// <summary>Something that must be seen on the bus after an utterance.</summary>
/// <param name="Text">As it stands in a broken promise.</param>
/// <param name="Holds">Looks at what was seen.</param>
internal sealed record Expectation(string Text, Func<Observation, Exchange, bool> Holds);
