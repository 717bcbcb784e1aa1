namespace EcuAgent.EcuCtl;

/// <summary>Exit codes, the same for every command.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int BusFault = 1;
    public const int WrongInput = 2;
    public const int NoAnswer = 3;
    public const int NoPeer = 4;
    public const int NoNativeLibrary = 5;
    public const int Refused = 6;
    public const int Interrupted = 130;

    public const string Help =
        "Exit codes: 0 ok, 1 fault of the bus, 2 wrong input, 3 no answer in time, 4 no peer on the bus, 5 native library missing, 6 refused, 130 interrupted.";
}
