using System.CommandLine;
using EcuAgent.CycloneDds;
using EcuAgent.Drives;

namespace EcuAgent.EcuCtl.Commands;

/// <summary>Runs a command and turns what went wrong into one line and an exit code.</summary>
internal static class CtlAction
{
    public static void SetBusAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, run, cancellationToken));

    /// <summary>Prints the line of an error.</summary>
    /// <returns>The code, for the caller to return.</returns>
    public static int Fail(int code, string message)
    {
        Console.Error.WriteLine("ecuctl: " + message);
        return code;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(parsed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (DdsLibraryException e)
        {
            return Fail(ExitCode.NoNativeLibrary, e.Message);
        }
        catch (DdsException e)
        {
            return Fail(ExitCode.BusFault, e.Message);
        }
        catch (Exception e) when (e is DriveFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(ExitCode.WrongInput, e.Message);
        }
    }
}
