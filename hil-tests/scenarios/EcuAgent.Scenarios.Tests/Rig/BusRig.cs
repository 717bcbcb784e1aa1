namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The service without a model and without ECUs: all that the driving state and the wire's faults need.</summary>
public sealed class BusRig : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal int Domain { get; } = Domains.Next();

    internal ChildProcess Service { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceProcess.StartReadyAsync(Domain, ModelPackage.None, _folder.Path);
        Bus = new TestBus(Domain);
        await Bus.WaitForServiceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Bus is not null)
        {
            await Bus.DisposeAsync();
        }

        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        _folder.Dispose();
    }
}
