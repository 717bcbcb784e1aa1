namespace EcuAgent.Interop.Tests.Peers;

/// <summary>What a person says, written by a peer.</summary>
internal static class Speech
{
    /// <summary>Says it; the id of the utterance is <c>u-NUMBER</c>. The peer has a writer of Utterance.</summary>
    public static Task<int> SayAsync(this Peer peer, int number, string text) => peer.WriteAsync("Utterance", new JsonObject
    {
        ["source"] = "ecu.speech",
        ["source_time_ns"] = Units.ToUnixNanoseconds(TimeProvider.System.GetUtcNow()),
        ["sequence_number"] = number,
        ["utterance_id"] = $"u-{number}",
        ["text"] = text,
        ["asr_confidence"] = 0.95,
        ["language"] = "en",
        ["speaker_zone"] = (int)V1.CabinZone.Driver,
    });
}
