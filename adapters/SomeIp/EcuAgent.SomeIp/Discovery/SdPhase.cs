namespace EcuAgent.SomeIp.Discovery;

/// <summary>Phases of sending entries, for each offered and each required service.</summary>
internal enum SdPhase
{
    Down,
    InitialWait,
    Repetition,
    Main,
}
