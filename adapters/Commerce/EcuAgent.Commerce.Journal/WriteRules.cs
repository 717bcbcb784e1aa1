using System.Text.Json;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Journal;

/// <summary>What may be written of a purchase, and what after what.</summary>
internal static class WriteRules
{
    private const int LongestId = 64;

    /// <exception cref="ArgumentException">An id is missing or too long.</exception>
    internal static void RequireIds(PurchaseRecord record)
    {
        RequireId(nameof(record.Id), record.Id);
        RequireId(nameof(record.MerchantId), record.MerchantId);
    }

    /// <exception cref="InvalidOperationException">The first stage is another one than <see cref="PurchaseStage.Opening"/>.</exception>
    internal static void RequireMayBegin(PurchaseRecord record)
    {
        if (record.Stage != PurchaseStage.Opening)
        {
            throw new InvalidOperationException($"Purchase {record.Id} is not in the journal; its first stage is {PurchaseStage.Opening}, not {record.Stage}");
        }
    }

    /// <exception cref="InvalidOperationException">The stage cannot follow, or it is another purchase under the same id.</exception>
    internal static void RequireMayFollow(PurchaseRecord present, PurchaseRecord next)
    {
        if (!PurchaseStages.CanFollow(present.Stage, next.Stage))
        {
            throw new InvalidOperationException($"Purchase {next.Id} is {present.Stage}; {next.Stage} cannot follow");
        }

        var changed = present.MerchantId != next.MerchantId ? "merchant"
            : present.BegunAt != next.BegunAt ? "begin"
            : !MayChangeOrder(present, next) && !IsSame(present.Order, next.Order) ? "order"
            : null;
        if (changed is not null)
        {
            throw new InvalidOperationException($"Purchase {next.Id}: its {changed} is not the one that it has in the journal");
        }
    }

    /// <exception cref="ArgumentException">A member has no value that can be kept.</exception>
    internal static StateRow RowOf(long number, PurchaseRecord record)
    {
        try
        {
            return StateRow.Of(number, record);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"Purchase {record.Id} has a member without a value that can be kept", nameof(record), error);
        }
    }

    private static void RequireId(string name, string id)
    {
        if (id is not { Length: > 0 and <= LongestId } || id.Any(char.IsControl))
        {
            throw new ArgumentException($"{name} = '{id}'; allowed: 1 to {LongestId} characters, none a control character", nameof(id));
        }
    }

    // Until somebody said yes to it: a quote may be changed at the merchant.
    private static bool MayChangeOrder(PurchaseRecord present, PurchaseRecord next) =>
        present.Stage == PurchaseStage.Quoted && next.Stage == PurchaseStage.Quoted;

    private static bool IsSame(CheckoutOrder one, CheckoutOrder other) =>
        one with { Lines = other.Lines } == other && one.Lines.SequenceEqual(other.Lines);
}
