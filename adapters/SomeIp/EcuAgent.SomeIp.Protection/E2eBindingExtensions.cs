using EcuAgent.E2E;
using EcuAgent.SomeIp.Services;

namespace EcuAgent.SomeIp.Protection;

/// <summary>From a service map to E2E.</summary>
public static class E2eBindingExtensions
{
    /// <summary>The options that sender and receiver of a mapped message agree on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The profile is undefined, or its data id too large; the map's reader lets neither through.</exception>
    public static E2eOptions ToOptions(this E2eBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return binding.Profile switch
        {
            E2eBindingProfile.P04 => Agreed(new P04Options { DataId = binding.DataId }),
            E2eBindingProfile.P05 => Agreed(new P05Options { DataId = DataId16() }),
            E2eBindingProfile.P07 => Agreed(new P07Options { DataId = binding.DataId }),
            _ => throw new ArgumentOutOfRangeException(nameof(binding), binding.Profile, "The profile is undefined."),
        };

        E2eOptions Agreed(E2eOptions options) =>
            options with { OffsetBytes = SomeIpE2e.OffsetBytes, MaxDeltaCounter = binding.MaxDeltaCounter, SyncCount = binding.SyncCount };

        int DataId16() => binding.DataId <= ushort.MaxValue
            ? (int)binding.DataId : throw new ArgumentOutOfRangeException(nameof(binding), binding.DataId, "Profile 5 has a data id of 16 bits.");
    }

    /// <summary>A sender's protection of the mapped message; null where the map asks for none.</summary>
    public static E2eProtection? CreateProtection(this MappedTopic topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.E2e is { } binding ? new E2eProtection(binding.ToOptions()) : null;
    }

    /// <summary>A receiver's check of the mapped message; null where the map asks for none.</summary>
    public static E2eReception? CreateReception(this MappedTopic topic, E2eWindowOptions? window = null)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.E2e is { } binding ? new E2eReception(binding.ToOptions(), window) : null;
    }
}
