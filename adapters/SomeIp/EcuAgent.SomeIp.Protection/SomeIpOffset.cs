using EcuAgent.E2E;

namespace EcuAgent.SomeIp.Protection;

internal static class SomeIpOffset
{
    /// <exception cref="ArgumentException">The E2E header would not stand behind the SOME/IP header.</exception>
    internal static void Check(E2eOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.OffsetBytes != SomeIpE2e.OffsetBytes)
        {
            throw new ArgumentException($"{nameof(E2eOptions.OffsetBytes)} = {options.OffsetBytes}; allowed: {SomeIpE2e.OffsetBytes}", nameof(options));
        }
    }
}
