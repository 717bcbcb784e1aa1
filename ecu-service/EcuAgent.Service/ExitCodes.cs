namespace EcuAgent.Service;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped as asked.</summary>
    public const int Ok = 0;

    /// <summary>A stage ended by surprise.</summary>
    public const int StageDied = 1;

    /// <summary>A setting, an argument or the policy file is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Another service of this kind was on the bus before.</summary>
    public const int OtherService = 3;

    /// <summary>libddsc is missing, of another version, or cannot join the domain; or a socket of SOME/IP cannot be bound.</summary>
    public const int NoBus = 5;
}
