using System.Net;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>What <see cref="SdEngine"/> needs to know.</summary>
internal sealed record SdEngineOptions
{
    /// <summary>Own SD endpoint; messages from it are our own by way of the group.</summary>
    internal required IPEndPoint Own { get; init; }

    internal SdTimings Timings { get; init; } = new();

    internal SdLimits Limits { get; init; } = new();

    /// <summary>Bits that endpoints must share with our own address; 0 turns the check off.</summary>
    internal int SubnetPrefixLength { get; init; }
}
