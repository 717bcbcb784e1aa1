using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent;

/// <summary>What may be spent and what was, in one currency.</summary>
/// <param name="PerOrder">Limit of one order.</param>
/// <param name="PerTrip">Limit of a trip.</param>
/// <param name="PerDay">Limit of 24 hours.</param>
/// <param name="SpentToday">Spent in the last 24 hours.</param>
internal sealed record PaymentFacts(Money PerOrder, Money PerTrip, Money PerDay, Money SpentToday);
