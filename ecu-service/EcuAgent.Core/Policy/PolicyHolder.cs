using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>The policy in force. It changes only while the car is parked, so no drive sees two rule books.</summary>
/// <param name="initial">The policy that was checked at start.</param>
public sealed class PolicyHolder(GatePolicy initial)
{
    private volatile GatePolicy current = initial ?? throw new ArgumentNullException(nameof(initial));

    /// <summary>The policy in force. Thread-safe; take it once per decision.</summary>
    public GatePolicy Current => current;

    /// <summary>Puts <paramref name="next"/> in force if <paramref name="state"/> is parked; otherwise changes nothing.</summary>
    /// <returns>True when it is in force now.</returns>
    public bool TrySwap(GatePolicy next, DrivingState state)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (state != DrivingState.Parked)
        {
            return false;
        }

        current = next;
        return true;
    }
}
