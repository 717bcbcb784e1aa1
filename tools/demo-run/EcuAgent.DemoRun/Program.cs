using System.CommandLine;
using System.Runtime.InteropServices;
using EcuAgent.Drives;
using EcuAgent.DemoRun;
using EcuAgent.ToolBus;

const int firstDomain = 40;
const int domains = 60;
const int highestDomain = 230;

var data = new Option<string?>("--data")
{
    Description = $"folder of the recordings and utterances; default ${DriveCatalogue.DataVariable}, else ../shared/data where it exists",
    HelpName = "DIR",
};
var model = new Option<string?>("--model") { Description = "model package for the service; default $ECUAGENT_MODEL, else the bundled one", HelpName = "DIR" };
var domain = new Option<int?>("--domain") { Description = $"DDS domain, 0 to {highestDomain}; default one of {firstDomain} to {firstDomain + domains - 1}", HelpName = "N" };
var logs = new Option<string?>("--logs") { Description = "keep the logs and the audit of the parts in this folder", HelpName = "DIR" };
domain.Validators.Add(result =>
{
    if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "", out var value) && value is < 0 or > highestDomain)
    {
        result.AddError($"--domain is {value}, expected 0 to {highestDomain}");
    }
});

var root = new RootCommand("""
    Plays drives and spoken requests through real processes on loopback DDS and checks what they lead to. Last line: one JSON object.
    Exit codes: 0 all promises held, 1 a promise was broken, 2 wrong input, 5 no DDS library, 130 interrupted.
    """)
{
    data, model, domain, logs,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    var dataFolder = DriveCatalogue.FindDataFolder(parsed.GetValue(data));
    var modelFolder = parsed.GetValue(model) ?? Environment.GetEnvironmentVariable("ECUAGENT_MODEL");
    modelFolder = string.IsNullOrEmpty(modelFolder) ? null : Path.GetFullPath(modelFolder);
    if (dataFolder is not null && !Directory.Exists(dataFolder))
    {
        return Refuse($"the data folder '{dataFolder}' does not exist");
    }

    if (modelFolder is not null && !File.Exists(Path.Combine(modelFolder, "manifest.json")))
    {
        return Refuse($"the model folder '{modelFolder}' has no manifest.json");
    }

    try
    {
        // A broken recording is named before anything is started.
        if (dataFolder is not null)
        {
            DriveCatalogue.Open("truck", dataFolder);
            DriveCatalogue.Open("rav4", dataFolder);
        }

        return await Performance.RunAsync(
            new DemoSettings(
                dataFolder is null ? null : Path.GetFullPath(dataFolder),
                modelFolder,
                parsed.GetValue(domain) ?? firstDomain + (Environment.ProcessId % domains),
                parsed.GetValue(logs) is { } folder ? Path.GetFullPath(folder) : null),
            cancellationToken);
    }
    catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or DriveFormatException)
    {
        return Refuse(error.Message);
    }
});

var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors)
    {
        await Console.Error.WriteLineAsync($"demo-run: {error.Message}");
    }

    return ExitCode.WrongInput;
}

// A terminal that goes away takes the parts with it as well.
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCode.Interrupted));
return await result.InvokeAsync();

static int Refuse(string problem)
{
    Console.Error.WriteLine($"demo-run: {problem}");
    return ExitCode.WrongInput;
}
