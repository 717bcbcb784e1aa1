using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp;

/// <summary>What all parts of one node share.</summary>
internal sealed record SomeIpRuntime(SomeIpNodeOptions Options, SomeIpCounters Counters, TimeProvider Time, ILogger Logger);
