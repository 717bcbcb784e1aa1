namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>Where the programs under test lie, built in the same configuration as this project.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Service { get; } = Program("ecu-service/EcuAgent.Service", "EcuAgent.Service.dll");

    public static string EcuSim { get; } = Program("tools/ecu-sim/EcuAgent.EcuSim", "ecu-sim.dll");

    public static string Gateway { get; } = Program("tools/gateway/EcuAgent.Gateway", "EcuAgent.Gateway.dll");

    public static string IdlGen { get; } = Program("tools/idlgen/EcuAgent.IdlGen", "EcuAgent.IdlGen.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Program(string project, string assembly) => Path.Combine(Root, project, "bin", Configuration, "net10.0", assembly);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no global.json above {AppContext.BaseDirectory}");
    }
}
