namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Where a search could not go on.</summary>
/// <param name="Errand">Index of the errand, or <see cref="Trip"/>.</param>
/// <param name="Depth">How many stops were made before.</param>
/// <param name="Reason">Code of <see cref="ErrandReasons"/>.</param>
internal sealed record ErrandFault(int Errand, int Depth, string Reason)
{
    /// <summary>No errand: the trip itself.</summary>
    public const int Trip = -1;
}
