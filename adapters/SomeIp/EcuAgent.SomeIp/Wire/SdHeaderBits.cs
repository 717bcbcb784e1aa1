namespace EcuAgent.SomeIp.Wire;

[Flags]
public enum SdHeaderBits : byte
{
    None = 0,

    /// <summary>The sender honours the initial-data flag of eventgroup entries.</summary>
    ExplicitInitialData = 0x20,
    Unicast = 0x40,

    /// <summary>Set from the start until the session id wraps for the first time.</summary>
    Reboot = 0x80,
}
