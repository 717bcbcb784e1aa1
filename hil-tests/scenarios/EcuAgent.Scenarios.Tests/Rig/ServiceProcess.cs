namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The service, started as a person would start it.</summary>
internal static class ServiceProcess
{
    public static ChildProcess Start(int domain, string model, string audit, params string[] more) => ChildProcess.StartDotnet(
        Checkout.Service, ["--domain", domain.ToString(), "--model", model, "--audit", audit, .. more]);

    public static async Task<ChildProcess> StartReadyAsync(int domain, string model, string audit, params string[] more)
    {
        var service = Start(domain, model, audit, more);
        await service.LineAsync("Ready: domain");
        return service;
    }

    public static async Task<ChildProcess> StartSimulatorAsync(int domain, params string[] more)
    {
        var simulator = ChildProcess.StartDotnet(Checkout.EcuSim, ["--domain", domain.ToString(), .. more]);
        await simulator.LineAsync("ready:");
        return simulator;
    }
}
