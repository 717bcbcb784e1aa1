using EcuAgent.Commerce.Mapping;

namespace EcuAgent.Commerce.Acp;

/// <summary>The ways of paying that the car knows: those that take a token of the payment provider.</summary>
internal static class PaymentHandlers
{
    private static readonly Dictionary<string, string> InstrumentTypes = new(StringComparer.Ordinal)
    {
        ["dev.acp.tokenized.card"] = "card",
    };

    /// <summary>The first that takes a delegated payment and is known; null when there is none.</summary>
    internal static (string Id, string InstrumentType)? Choose(IReadOnlyList<PaymentHandler> handlers)
    {
        foreach (var handler in handlers)
        {
            if (handler.TakesDelegatedToken && handler.Name is { } name && InstrumentTypes.TryGetValue(name, out var type))
            {
                return (handler.Id, type);
            }
        }

        return null;
    }
}
