using EcuAgent.E2E;

namespace EcuAgent.SomeIp.Protection;

/// <summary>
/// Protects one event, field notifier or request with an E2E profile; the header stands between return code and payload. Not thread-safe: the
/// library calls it one message at a time. Allocates nothing.
/// </summary>
public sealed class E2eProtection : ISomeIpProtection
{
    private readonly E2eProtector _protector;

    /// <summary>Starts with a counter.</summary>
    /// <param name="options">What the receiver expects; the offset is that of SOME/IP, 8.</param>
    /// <param name="firstCounter">Counter of the first message; taken modulo the profile's number of counter values.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eProtection(E2eOptions options, uint firstCounter = 0)
    {
        SomeIpOffset.Check(options);
        _protector = new E2eProtector(options, firstCounter);
        HeaderBytes = options.HeaderBytes;
    }

    /// <inheritdoc/>
    public int HeaderBytes { get; }

    /// <inheritdoc/>
    public bool TryProtect(Span<byte> message) => _protector.Protect(SomeIpE2e.Protected(message)) == E2eProtectStatus.Protected;
}
