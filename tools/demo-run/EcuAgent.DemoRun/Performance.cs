using EcuAgent.CycloneDds;

namespace EcuAgent.DemoRun;

/// <summary>One run of the demo from the first process to the last line.</summary>
internal static class Performance
{
    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken interrupted)
    {
        var timeline = new Timeline(TimeProvider.System);
        var promises = new Promises(timeline);
        var temporary = settings.LogFolder is null;
        var folder = settings.LogFolder ?? Directory.CreateTempSubdirectory("ecuagent-demo-").FullName;
        Directory.CreateDirectory(folder);
        try
        {
            var code = await PlayAsync(settings, folder, timeline, promises, interrupted);
            if (temporary && code != ExitCode.PromiseBroken)
            {
                Tidy(folder);
            }
            else if (code != ExitCode.Ok)
            {
                await Console.Error.WriteLineAsync($"demo-run: the logs of the parts are in {folder}");
            }

            return code;
        }
        catch (PartFailedException error)
        {
            await Console.Error.WriteLineAsync($"demo-run: {error.Message}");
            return ExitCode.WrongInput;
        }
        catch (Exception error) when (error is DdsLibraryException or DdsException)
        {
            await Console.Error.WriteLineAsync($"demo-run: {error.Message}");
            return ExitCode.NoNativePart;
        }
    }

    private static void Tidy(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What was shown is no worse for it.
            Console.Error.WriteLine($"demo-run: '{folder}' could not be deleted: {error.Message}");
        }
    }

    private static async Task<int> PlayAsync(
        DemoSettings settings, string folder, Timeline timeline, Promises promises, CancellationToken interrupted)
    {
        await using var stage = new Stage(Installation.Locate(), settings, folder, timeline, promises);

        // Stays: when the process is ended while it tidies up, no part may outlive it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => stage.KillAll();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, stage.Failure);
        try
        {
            timeline.Heading($"EcuAgent demo: DDS domain {settings.Domain} on loopback");
            await stage.StartSimulatorsAsync(either.Token);
            timeline.Print(EventKind.Demo, "navigation and HVAC ECUs are on the bus, in a process of their own");
            await stage.StartMerchantsAsync(either.Token);
            timeline.Print(EventKind.Demo, "merchants and their payment provider listen on loopback, in a process of their own");
            if (settings.DataFolder is not null)
            {
                await TruckScene.PlayAsync(stage, either.Token);
            }
            else
            {
                timeline.Print(EventKind.Demo, "no recordings at hand (--data DIR): the generated drive only");
            }

            await stage.StartServiceAsync(hasParkPosition: true, either.Token);
            if (settings.DataFolder is not null)
            {
                await Rav4Scene.PlayAsync(stage, either.Token);
            }

            await CycleScene.PlayAsync(stage, either.Token);
            promises.Note(stage.Bus.Dropped == 0, $"the demo saw every sample; it lost {stage.Bus.Dropped}");
        }
        catch (PartFailedException error)
        {
            promises.Note(false, error.Message);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException)
        {
            promises.Note(false, stage.Surprise);
        }

        Console.WriteLine();
        Console.WriteLine(Summary.Write(stage, timeline.Elapsed));
        return promises.Broken.Count == 0 ? ExitCode.Ok : ExitCode.PromiseBroken;
    }
}
