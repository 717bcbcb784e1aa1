namespace EcuAgent.DemoRun;

/// <summary>Where the programs of the demo lie: in the checkout, built in the same configuration as this one.</summary>
internal sealed class Installation
{
    private readonly string _checkout;
    private readonly string _outputFolder;

    private Installation(string checkout, string outputFolder)
    {
        _checkout = checkout;
        _outputFolder = outputFolder;
    }

    public string Service => Find("ecu-service/EcuAgent.Service", "EcuAgent.Service.dll");

    public string Simulators => Find("tools/ecu-sim/EcuAgent.EcuSim", "ecu-sim.dll");

    public string Merchants => Find("tools/merchant-sim/EcuAgent.MerchantSim", "merchant-sim.dll");

    public string Control => Find("tools/ecuctl/EcuAgent.EcuCtl", "ecuctl.dll");

    /// <summary>Looks for the checkout above this program.</summary>
    /// <exception cref="PartFailedException">This program does not lie in a checkout.</exception>
    public static Installation Locate()
    {
        var output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        for (var folder = new DirectoryInfo(output); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "idl", "ecu_v1.idl")))
            {
                var bin = output.LastIndexOf($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
                return new Installation(folder.FullName, bin < 0 ? "bin/Release/net10.0" : output[(bin + 1)..]);
            }
        }

        throw new PartFailedException($"'{output}' does not lie in a checkout: no folder above it has idl/ecu_v1.idl");
    }

    private string Find(string project, string assembly)
    {
        var path = Path.Combine(_checkout, project, _outputFolder, assembly);
        return File.Exists(path) ? path : throw new PartFailedException($"'{path}' is not built: run tools/demo, which builds it");
    }
}
