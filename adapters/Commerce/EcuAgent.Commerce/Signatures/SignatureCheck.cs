namespace EcuAgent.Commerce.Signatures;

/// <summary>Verifies signatures of UCP's messages. Pure.</summary>
internal static class SignatureCheck
{
    internal const string Genuine = "genuine";
    internal const string Missing = "signature_missing";
    internal const string Malformed = "signature_malformed";
    internal const string CoversTooLittle = "signature_covers_too_little";
    internal const string KeyNotFound = "key_not_found";
    internal const string AlgorithmUnsupported = "algorithm_unsupported";
    internal const string DigestMismatch = "digest_mismatch";
    internal const string Undated = "signature_undated";
    internal const string OutOfTime = "signature_out_of_time";
    internal const string Wrong = "signature_invalid";

    private const int MostSignatures = 8;
    private const string Algorithm = "ecdsa-p256-sha256";

    internal static bool IsSigned(SignedMessage message) => message.Field("signature") is not null || message.Field("signature-input") is not null;

    /// <summary>Checks the signatures of a message: one that holds is enough.</summary>
    /// <param name="message">The message.</param>
    /// <param name="keys">The signer's published keys.</param>
    /// <param name="now">The time.</param>
    /// <param name="tolerance">How old or how far in the future a signature may be.</param>
    /// <param name="mustBeDated">True where a signature without a time is refused.</param>
    /// <returns><see cref="Genuine"/> and the time of the signature, or why not; null where it has no time.</returns>
    internal static (string Reason, DateTimeOffset? SignedAt) Of(
        SignedMessage message, KeySet keys, DateTimeOffset now, TimeSpan tolerance, bool mustBeDated)
    {
        if (!IsSigned(message))
        {
            return (Missing, null);
        }

        if (SfParser.Dictionary(message.Field("signature-input")) is not { } inputs || SfParser.Dictionary(message.Field("signature")) is not { } signatures)
        {
            return (Malformed, null);
        }

        if (message.Body.Length > 0 && !ContentDigest.IsOf(message.Field("content-digest"), message.Body.Span))
        {
            return (DigestMismatch, null);
        }

        string? first = null;
        foreach (var (label, input) in inputs.Take(MostSignatures))
        {
            var (reason, signedAt) = input.List is { } covered && signatures.GetValueOrDefault(label).Item?.Value.Bytes is { } signature
                ? OfOne(message, covered, signature, keys, now, tolerance, mustBeDated)
                : (Malformed, null);
            if (reason == Genuine)
            {
                return (reason, signedAt);
            }

            first ??= reason;
        }

        return (first ?? Malformed, null);
    }

    private static (string Reason, DateTimeOffset? SignedAt) OfOne(
        SignedMessage message, SfList covered, byte[] signature, KeySet keys, DateTimeOffset now, TimeSpan tolerance, bool mustBeDated)
    {
        if (covered.Parameters["keyid"]?.String is not { } keyId)
        {
            return (Malformed, null);
        }

        var (isKnown, key) = keys.Find(keyId);
        if (!isKnown)
        {
            return (KeyNotFound, null);
        }

        if (key is null || (covered.Parameters["alg"] is { } algorithm && algorithm.Text != Algorithm))
        {
            return (AlgorithmUnsupported, null);
        }

        var names = covered.Items.Where(item => item.Parameters.Entries.Count == 0).Select(item => item.Value.Text).ToHashSet(StringComparer.Ordinal);
        if (!MessageSigner.CoveredIn(message).All(names.Contains))
        {
            return (CoversTooLittle, null);
        }

        if (SignatureBase.Of(covered, message) is not { } text || !KeySet.IsSignedBy(key.Value, text, signature))
        {
            return (Wrong, null);
        }

        return OfTime(covered.Parameters, now, tolerance, mustBeDated);
    }

    // After the signature: what an unsigned time says is nobody's word.
    private static (string Reason, DateTimeOffset? SignedAt) OfTime(SfParameters parameters, DateTimeOffset now, TimeSpan tolerance, bool mustBeDated)
    {
        if (parameters["expires"] is { } expires && !(TimeOf(expires) > now))
        {
            return (OutOfTime, null);
        }

        if (parameters["created"] is not { } created)
        {
            return mustBeDated ? (Undated, null) : (Genuine, null);
        }

        return TimeOf(created) is { } signedAt && (now - signedAt).Duration() <= tolerance ? (Genuine, signedAt) : (OutOfTime, null);
    }

    private static DateTimeOffset? TimeOf(SfBare value) =>
        value.Number is { } seconds && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
