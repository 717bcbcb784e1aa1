using System.Globalization;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Journal;

/// <summary>The statements. Those that a person waits for find their rows by an index.</summary>
internal static class JournalSql
{
    internal const string Find = Latest + " WHERE p.id = $id";
    internal const string Since = Latest + " WHERE p.begun_at >= $since ORDER BY p.begun_at DESC, p.number DESC";
    internal const string Newest = Latest + " ORDER BY p.begun_at DESC, p.number DESC LIMIT $most";
    internal const string History = "SELECT " + StateRow.Columns + " FROM state s WHERE s.purchase_id = $id ORDER BY s.number";
    internal const string HasBought = "SELECT 1 FROM merchant WHERE id = $id";
    internal const string TripStart = "SELECT began_at, began FROM trip WHERE number = (SELECT MAX(number) FROM trip)";

    internal const string LastNumber = "SELECT MAX(number) FROM state";
    internal const string PurchaseCount = "SELECT COUNT(*) FROM purchase";
    internal const string UsedPages = "SELECT (SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count)";

    internal const string AddPurchase =
        "INSERT INTO purchase (id, merchant_id, begun_at, stage, changed_at, latest) VALUES ($id, $merchant, $begun, $stage, $changed, $latest)";

    internal const string MovePurchase = "UPDATE purchase SET stage = $stage, changed_at = $changed, latest = $latest WHERE id = $id";

    internal const string AddState =
        "INSERT INTO state (number, purchase_id, stage, reason, begun_at, written_at, merchant_id, ordered, details, digest)"
        + " VALUES ($number, $id, $stage, $reason, $begun, $written, $merchant, $ordered, $details, $digest)";

    internal const string AddMerchant = "INSERT INTO merchant (id, first_placed) VALUES ($id, $number) ON CONFLICT DO NOTHING";
    internal const string AddTrip = "INSERT INTO trip (began_at, began) VALUES ($at, $text)";

    internal const string RemovePurchase = "DELETE FROM purchase WHERE id = $id";
    internal const string RemoveStates = "DELETE FROM state WHERE purchase_id = $id";
    internal const string RemoveTrips = "DELETE FROM trip WHERE began_at < $before AND number < (SELECT MAX(number) FROM trip)";

    // The present state of each purchase. A state that is missing gives a row of nulls, not silence.
    private const string Latest =
        "SELECT " + StateRow.Columns + ", p.id, p.stage, p.latest FROM purchase p LEFT JOIN state s ON s.number = p.latest";

    internal static string Unfinished { get; } = $"{Latest} WHERE p.stage IN ({Stages(isOver: false)}) ORDER BY p.begun_at, p.number";

    /// <summary>
    /// Purchases that may go. The one with the newest state stays, so that numbers are not given twice and the note of the newest holds.
    /// </summary>
    internal static string Expired { get; } =
        $"SELECT id FROM purchase WHERE stage IN ({Stages(isOver: true)}) AND changed_at < $before AND latest < (SELECT MAX(number) FROM state) LIMIT $most";

    private static string Stages(bool isOver) => string.Join(
        ", ",
        Enum.GetValues<PurchaseStage>().Where(stage => PurchaseStages.IsOver(stage) == isOver).Select(stage => ((int)stage).ToString(CultureInfo.InvariantCulture)));
}
