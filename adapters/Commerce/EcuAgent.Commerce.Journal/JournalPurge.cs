namespace EcuAgent.Commerce.Journal;

/// <summary>What a purge removed.</summary>
/// <param name="Purchases">Purchases that were over.</param>
/// <param name="States">All their states.</param>
/// <param name="Trips">Starts of earlier trips.</param>
public readonly record struct JournalPurge(int Purchases, int States, int Trips);
