namespace EcuAgent.VehicleBus;

/// <summary>
/// Logs the first warning of a kind and hands on all of them: a silent sensor misses its deadline several times a second, one line names it and the
/// counters show the rest. Thread-safe.
/// </summary>
/// <param name="log">Writes the line.</param>
/// <param name="warned">Called on any thread for each warning; must return at once.</param>
public sealed class WarningTeller(Action<BusWarning> log, Action<BusWarning>? warned)
{
    private readonly HashSet<BusWarning> _logged = [];

    /// <summary>Takes a warning.</summary>
    public void Tell(BusWarning warning)
    {
        bool isFirst;
        lock (_logged)
        {
            isFirst = _logged.Add(warning);
        }

        if (isFirst)
        {
            log(warning);
        }

        warned?.Invoke(warning);
    }
}
