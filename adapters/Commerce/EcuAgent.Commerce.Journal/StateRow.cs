using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>One row of the table of states.</summary>
/// <param name="Number">Position in the journal, from 1.</param>
/// <param name="PurchaseId">Whose state it is.</param>
/// <param name="Stage">Number of the stage.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="BegunAt">When the purchase was begun, 100 ns since 0001-01-01 UTC.</param>
/// <param name="WrittenAt">When the state was written, likewise.</param>
/// <param name="MerchantId">At whom.</param>
/// <param name="Ordered">The order as JSON.</param>
/// <param name="Details">The rest as JSON.</param>
internal sealed record StateRow(
    long Number, string PurchaseId, long Stage, string Reason, long BegunAt, long WrittenAt, string MerchantId, string Ordered, string Details)
{
    /// <summary>The columns in the order that <see cref="Read"/> expects, of the table called "s".</summary>
    internal const string Columns =
        "s.number, s.purchase_id, s.stage, s.reason, s.begun_at, s.written_at, s.merchant_id, s.ordered, s.details, s.digest";

    /// <summary>How many <see cref="Columns"/> there are.</summary>
    internal const int ColumnCount = 10;

    /// <summary>Bytes of its texts, the ids excepted.</summary>
    internal int TextBytes => Encoding.UTF8.GetByteCount(Reason) + Encoding.UTF8.GetByteCount(Ordered) + Encoding.UTF8.GetByteCount(Details);

    internal static StateRow Of(long number, PurchaseRecord record) => new(
        number,
        record.Id,
        (long)record.Stage,
        record.Reason,
        record.BegunAt.UtcTicks,
        record.WrittenAt.UtcTicks,
        record.MerchantId,
        JsonSerializer.Serialize(record.Order, JournalJson.Rows.CheckoutOrder),
        JsonSerializer.Serialize(PurchaseDetails.Of(record), JournalJson.Rows.PurchaseDetails));

    /// <summary>Reads the row that a reader stands on.</summary>
    /// <exception cref="JournalException">It is not the row that was written, or this program does not understand it.</exception>
    internal static PurchaseRecord Read(SqliteDataReader reader, string file)
    {
        var number = reader.GetValue(0) as long? ?? 0;
        var id = reader.GetValue(1) as string ?? "";
        var row = new StateRow(
            number, Text(1, "purchase_id"), Integer(2, "stage"), Text(3, "reason"), Integer(4, "begun_at"), Integer(5, "written_at"),
            Text(6, "merchant_id"), Text(7, "ordered"), Text(8, "details"));
        var record = row.ToRecord(file);
        return reader.GetValue(9) is byte[] digest && digest.AsSpan().SequenceEqual(row.Digest())
            ? record
            : throw Unreadable(file, number, id, "digest", "the row is not the one that was written");

        string Text(int ordinal, string column) =>
            reader.GetValue(ordinal) as string ?? throw Unreadable(file, number, id, column, "it is no text");

        long Integer(int ordinal, string column) =>
            reader.GetValue(ordinal) as long? ?? throw Unreadable(file, number, id, column, "it is no integer");
    }

    /// <summary>SHA-256 over all other columns, so that a bit that fell over on the disk is not taken for an amount.</summary>
    internal byte[] Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Number);
        AddText(PurchaseId);
        Add(Stage);
        AddText(Reason);
        Add(BegunAt);
        Add(WrittenAt);
        AddText(MerchantId);
        AddText(Ordered);
        AddText(Details);
        return hash.GetHashAndReset();

        void Add(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            hash.AppendData(bytes);
        }

        // With its length, so that a character cannot move from one column to the next unseen.
        void AddText(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Add(bytes.Length);
            hash.AppendData(bytes);
        }
    }

    private static JournalException Unreadable(string file, long number, string id, string column, string problem, Exception? cause = null)
    {
        var message = FormattableString.Invariant($"Purchase journal {file}: state {number} of purchase {id} cannot be read, column {column}: {problem}");
        return cause is null ? new JournalException(message) : new JournalException(message, cause);
    }

    private PurchaseRecord ToRecord(string file)
    {
        if (!Enum.IsDefined((PurchaseStage)Stage))
        {
            throw Unreadable(file, Number, PurchaseId, "stage", FormattableString.Invariant($"{Stage} is no stage that this program knows"));
        }

        var order = Parse(file, "ordered", Ordered, JournalJson.Rows.CheckoutOrder);
        var details = Parse(file, "details", Details, JournalJson.Rows.PurchaseDetails);
        RequireSame(file, "begun_at", BegunAt, details.BegunAt);
        RequireSame(file, "written_at", WrittenAt, details.WrittenAt);
        return new PurchaseRecord
        {
            Id = PurchaseId,
            Stage = (PurchaseStage)Stage,
            Reason = Reason,
            BegunAt = details.BegunAt,
            WrittenAt = details.WrittenAt,
            Order = order,
            MerchantId = MerchantId,
            MerchantName = details.MerchantName,
            Tool = details.Tool,
            Intent = details.Intent,
            Summary = details.Summary,
            Language = details.Language,
            SessionId = details.SessionId,
            Terms = details.Terms,
            Total = details.Total,
            ReadyAt = details.ReadyAt,
            OrderId = details.OrderId,
            OrderNumber = details.OrderNumber,
            Charged = details.Charged,
            IsCancelableLater = details.IsCancelableLater,
            MayBeOrdered = details.MayBeOrdered,
            IsUntold = details.IsUntold,
            Why = details.Why,
        };
    }

    private T Parse<T>(string file, string column, string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Unreadable(file, Number, PurchaseId, column, "it is null");
        }
        catch (JsonException error)
        {
            // The path only: what stands there may be what was bought.
            throw Unreadable(file, Number, PurchaseId, column, $"at {error.Path ?? "$"}", error);
        }
    }

    private void RequireSame(string file, string column, long stored, DateTimeOffset told)
    {
        if (stored != told.UtcTicks)
        {
            throw Unreadable(file, Number, PurchaseId, column, "it is another time than in details");
        }
    }
}
