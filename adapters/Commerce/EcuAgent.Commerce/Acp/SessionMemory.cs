using EcuAgent.Commerce.Acp.Wire;

namespace EcuAgent.Commerce.Acp;

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
    internal Remembered Learn(string merchantId, WireSession session, IReadOnlyDictionary<string, string>? context = null)
    {
        var before = Of(merchantId, session.Id);
        var handlers = WireReader.Solid(session.Capabilities?.Payment?.Handlers);
        var extensions = session.Capabilities?.Extensions ?? [];
        var now = new Remembered(
            handlers.Count > 0 ? handlers : before.Handlers,
            before.MayCancelOrder || AcpDiscovery.Declares(extensions, AcpWords.OrderCancelExtension),
            before.MayUpdateContext || AcpDiscovery.Declares(extensions, AcpWords.TripDataExtension),
            context ?? before.Context);
        _sessions.Set((merchantId, session.Id), now);
        return now;
    }

    /// <summary>What is remembered of a session.</summary>
    /// <param name="Handlers">Its payment handlers; empty when none was named.</param>
    /// <param name="MayCancelOrder">True when it declared that its order can be taken back.</param>
    /// <param name="MayUpdateContext">True when it declared that an update may have metadata.</param>
    /// <param name="Context">What its create request, or its last update, said in metadata; null when not known.</param>
    internal sealed record Remembered(IReadOnlyList<WireHandler> Handlers, bool MayCancelOrder, bool MayUpdateContext, IReadOnlyDictionary<string, string>? Context)
    {
        internal static Remembered Nothing { get; } = new([], false, false, null);
    }
}
