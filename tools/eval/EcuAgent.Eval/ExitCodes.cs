namespace EcuAgent.Eval;

/// <summary>What the program's exit says; the same table stands in <c>--help</c> and in the README.</summary>
internal static class ExitCodes
{
    /// <summary>Measured, result written. Says nothing about how good the result is.</summary>
    public const int Done = 0;

    /// <summary>Wrong command line, set file or output path.</summary>
    public const int WrongInput = 2;

    /// <summary>The model package is missing, damaged or made for another catalogue.</summary>
    public const int ModelPackage = 5;

    /// <summary>Interrupted; nothing was written.</summary>
    public const int Interrupted = 130;
}
