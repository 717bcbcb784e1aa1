namespace EcuAgent.VehicleBus;

/// <summary>The kinds of warnings seen so far, with counts. Bounded by the number of topics, kinds and details. Thread-safe.</summary>
public sealed class BusWarnings
{
    private readonly Dictionary<BusWarning, long> _counts = [];

    /// <summary>Codes of the warnings that do not heal by themselves: peers that will never talk.</summary>
    public IReadOnlyList<string> LastingCodes
    {
        get
        {
            lock (_counts)
            {
                return [.. _counts.Keys.Where(w => w.IsLasting).Select(w => w.Code).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>How often a warning came.</summary>
    public long Count(BusWarning warning)
    {
        lock (_counts)
        {
            return _counts.GetValueOrDefault(warning);
        }
    }

    /// <summary>Counts a warning.</summary>
    public void Add(BusWarning warning)
    {
        lock (_counts)
        {
            _counts[warning] = _counts.GetValueOrDefault(warning) + 1;
        }
    }
}
