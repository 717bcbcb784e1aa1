namespace EcuAgent.SomeIp.Services;

/// <summary>The E2E profiles that a service map can ask for: those whose header stands in front of the payload.</summary>
public enum E2eBindingProfile
{
    /// <summary>Profile 4.</summary>
    P04,

    /// <summary>Profile 5.</summary>
    P05,

    /// <summary>Profile 7.</summary>
    P07,
}
