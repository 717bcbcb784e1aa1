namespace EcuAgent.Bench.Service;

/// <summary>Where a flood of speeds comes from.</summary>
internal interface IFloodSource : IDisposable
{
    /// <summary>Sources that take turns.</summary>
    int Sources { get; }

    /// <summary>Floods for some time.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="taken">Samples taken since the start of the flood, for sources that follow it.</param>
    (long Written, double Seconds) Flood(double seconds, Func<long> taken);
}
