namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>A diet that an offer has to keep.</summary>
/// <param name="Name">Diet of the tool catalogue (<c>vegan</c>, <c>halal</c>, ...).</param>
/// <param name="IsStanding">True when the person always keeps it and did not have to say so; false when it was said.</param>
public sealed record DietWish(string Name, bool IsStanding = false);
