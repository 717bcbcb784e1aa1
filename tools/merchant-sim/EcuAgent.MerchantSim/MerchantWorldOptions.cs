using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.MerchantSim;

/// <summary>How a world is set up.</summary>
public sealed record MerchantWorldOptions
{
    /// <summary>Bearer token that is taken when no other is set.</summary>
    public const string DefaultApiKey = "merchant-sim-key";

    /// <summary>What order events are signed with when nothing else is set.</summary>
    public const string DefaultWebhookSecret = "merchant-sim-webhook-secret";

    /// <summary>Port on 127.0.0.1, 0 to 65535; 0: chosen by the system.</summary>
    public int Port { get; init; }

    /// <summary>Clock of everything: expiry, opening hours, progress, faults.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Catalogue file; null: the one that comes with the program.</summary>
    public string? CataloguePath { get; init; }

    /// <summary>Bearer tokens that are taken, each an identity of its own; 1 to 16.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [DefaultApiKey];

    /// <summary>Where order events are sent: http or https on loopback, <c>{merchant}</c> in it for who sends; null: nowhere.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>What order events are signed with.</summary>
    public string WebhookSecret { get; init; } = DefaultWebhookSecret;

    /// <summary>Requests of UCP without a signature are refused; one that is signed is verified in any case.</summary>
    public bool UcpSigned { get; init; }

    /// <summary>A client's public key as a JWK, besides those of the profiles that clients name; null: none.</summary>
    public string? UcpClientKey { get; init; }

    /// <summary>How long a session can be completed, 1 minute to 24 hours.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Every merchant is open all day on all days.</summary>
    public bool AlwaysOpen { get; init; }

    /// <summary>Sessions kept for each merchant, 1 to 1,000,000. When full: expired, canceled and finished ones are forgotten, else 503.</summary>
    public int SessionCapacity { get; init; } = 10_000;

    /// <summary>Idempotency keys kept in all, 1 to 10,000,000. When full: 503.</summary>
    public int IdempotencyCapacity { get; init; } = 100_000;

    /// <summary>Delegated tokens kept, 1 to 1,000,000. When full: used and expired ones are forgotten, else 429.</summary>
    public int TokenCapacity { get; init; } = 10_000;

    /// <summary>Ledger entries kept, 1 to 10,000,000. When full: charges are declined.</summary>
    public int LedgerCapacity { get; init; } = 1_000_000;

    /// <summary>Where log lines go.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <exception cref="ArgumentException">An option is out of range: names it and the value.</exception>
    internal void Check()
    {
        Require(Port is >= 0 and <= 65535, nameof(Port), Port);
        Require(ApiKeys.Count is >= 1 and <= 16 && ApiKeys.All(k => k.Length > 0), nameof(ApiKeys), $"{ApiKeys.Count} keys");
        Require(SessionLifetime >= TimeSpan.FromMinutes(1) && SessionLifetime <= TimeSpan.FromHours(24), nameof(SessionLifetime), SessionLifetime);
        Require(SessionCapacity is >= 1 and <= 1_000_000, nameof(SessionCapacity), SessionCapacity);
        Require(IdempotencyCapacity is >= 1 and <= 10_000_000, nameof(IdempotencyCapacity), IdempotencyCapacity);
        Require(TokenCapacity is >= 1 and <= 1_000_000, nameof(TokenCapacity), TokenCapacity);
        Require(LedgerCapacity is >= 1 and <= 10_000_000, nameof(LedgerCapacity), LedgerCapacity);
    }

    private static void Require(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} {value} is out of range"));
        }
    }
}
