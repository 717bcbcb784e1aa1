namespace EcuAgent.Core.Policy;

/// <summary>What a commit has to keep while the car is not parked.</summary>
/// <param name="MaxMinorUnitsPerOrder">Cap for one order by ISO 4217 currency, in minor units; a currency not listed is refused.</param>
/// <param name="MaxMinorUnitsPerTrip">Cap for the whole trip; lists the same currencies.</param>
/// <param name="MinimumAsrConfidence">Least recognizer confidence of the request, 0.5 .. 1.</param>
/// <param name="MaximumDrowsinessKss">Sleepiest driver still allowed, 1 .. 7 on the Karolinska scale.</param>
/// <param name="MinimumAttentionProbability">Least attention of the driver, 0.5 .. 1.</param>
public sealed record CommitLimits(
    IReadOnlyDictionary<string, long> MaxMinorUnitsPerOrder,
    IReadOnlyDictionary<string, long> MaxMinorUnitsPerTrip,
    double MinimumAsrConfidence,
    int MaximumDrowsinessKss,
    double MinimumAttentionProbability);
