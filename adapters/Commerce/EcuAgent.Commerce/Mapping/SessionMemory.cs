namespace EcuAgent.Commerce.Mapping;

/// <summary>
/// What later requests of a session need of earlier ones, for the sessions used last. Whatever is missing is asked for again, so a restart
/// loses time and nothing else.
/// </summary>
internal sealed class SessionMemory
{
    private const int Most = 256;

    private readonly BoundedMap<(string Merchant, string Session), Remembered> _sessions = new(Most);

    internal Remembered Of(string merchantId, string sessionId) =>
        _sessions.TryGet((merchantId, sessionId), out var remembered) ? remembered : Remembered.Nothing;

    /// <summary>Adds what an answer told. Merchants name handlers when a session is created and may leave them out later; that takes nothing back.</summary>
    internal void Learn(string merchantId, string sessionId, Remembered told)
    {
        var before = Of(merchantId, sessionId);
        _sessions.Set((merchantId, sessionId), new Remembered(
            told.Handlers.Count > 0 ? told.Handlers : before.Handlers,
            before.MayCancelOrder || told.MayCancelOrder,
            before.MayUpdateContext || told.MayUpdateContext,
            told.Context ?? before.Context,
            told.NeedsDelivery ?? before.NeedsDelivery,
            told.Version ?? before.Version));
    }

    /// <summary>What is remembered of a session.</summary>
    /// <param name="Handlers">Its payment handlers; empty when none was named.</param>
    /// <param name="MayCancelOrder">True when it declared that its order can be taken back.</param>
    /// <param name="MayUpdateContext">True when it declared that an update may have metadata.</param>
    /// <param name="Context">What its create request, or its last update, said in metadata; null when not known.</param>
    /// <param name="NeedsDelivery">Whether its order has to be brought or fetched; null when not known.</param>
    /// <param name="Version">The protocol's version that it was made in; null when not told.</param>
    internal sealed record Remembered(
        IReadOnlyList<PaymentHandler> Handlers,
        bool MayCancelOrder = false,
        bool MayUpdateContext = false,
        IReadOnlyDictionary<string, string>? Context = null,
        bool? NeedsDelivery = null,
        string? Version = null)
    {
        internal static Remembered Nothing { get; } = new([]);
    }
}
