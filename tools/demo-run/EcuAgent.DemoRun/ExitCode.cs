namespace EcuAgent.DemoRun;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Every promise held.</summary>
    public const int Ok = 0;

    /// <summary>A promise did not hold, or a part of the demo ended by surprise.</summary>
    public const int PromiseBroken = 1;

    /// <summary>An argument, a folder or a file is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>libddsc is missing, of another version, or cannot join the domain.</summary>
    public const int NoNativePart = 5;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
