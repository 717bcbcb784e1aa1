using EcuAgent.Drives;

namespace EcuAgent.ToolBus;

/// <summary>Finds drives by name: <c>nedc</c> is always there, <c>truck</c> and <c>rav4</c> where the data folder is.</summary>
public static class DriveCatalogue
{
    /// <summary>Variable that names the data folder.</summary>
    public const string DataVariable = "ECUAGENT_DATA";

    /// <summary>The names that are no file paths.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nedc", "truck", "rav4"];

    private static readonly string TruckFile = Path.Combine("drives", "fleet-management", "signalsFmsRecording.csv");
    private static readonly string Rav4Folder = Path.Combine("drives", "comma2k19", "processed_log");

    /// <summary>The data folder: the given one, else the variable's, else <c>../shared/data</c> beside the checkout or the current folder.</summary>
    /// <returns>What was given or set, existing or not; else null when none exists.</returns>
    public static string? FindDataFolder(string? given)
    {
        var named = string.IsNullOrEmpty(given) ? Environment.GetEnvironmentVariable(DataVariable) : given;
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        return new[] { Environment.CurrentDirectory, FindCheckout() }
            .OfType<string>()
            .Select(folder => Path.GetFullPath(Path.Combine(folder, "..", "shared", "data")))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>Opens a drive.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or the path of a CSV as <see cref="FleetCsv"/> reads.</param>
    /// <param name="dataFolder">As <see cref="FindDataFolder"/> gives it; null when there is none.</param>
    /// <exception cref="DriveFormatException">The file is broken: names file, place and value.</exception>
    /// <exception cref="IOException">The drive or the data folder is not there: the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Drive Open(string nameOrPath, string? dataFolder)
    {
        switch (nameOrPath)
        {
            case "nedc":
                return RegulationCycle.Nedc(48.137, 11.575);
            case "truck":
                return FleetCsv.Read(InData(TruckFile, File.Exists)) with { Name = "truck" };
            case "rav4":
                return Comma2k19.Read(InData(Rav4Folder, Directory.Exists));
            default:
                return File.Exists(nameOrPath)
                    ? FleetCsv.Read(nameOrPath)
                    : throw new FileNotFoundException($"drive '{nameOrPath}' is neither {string.Join(", ", Names)} nor an existing CSV file", nameOrPath);
        }

        string InData(string relative, Func<string, bool> exists)
        {
            if (dataFolder is null)
            {
                throw new DirectoryNotFoundException(
                    $"drive '{nameOrPath}' is a recording, and no data folder was found: give --data DIR or set {DataVariable}");
            }

            var path = Path.Combine(dataFolder, relative);
            return exists(path)
                ? path
                : throw new DirectoryNotFoundException($"drive '{nameOrPath}': data folder '{dataFolder}' has no '{relative}'");
        }
    }

    private static string? FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "idl", "ecu_v1.idl")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
