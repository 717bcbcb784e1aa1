using EcuAgent.Commerce.Mcp.Tools;
using EcuAgent.Commerce.Receiver;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Standby;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Service;
using EcuAgent.Signals;
using EcuAgent.SomeIp;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

if (args.Any(a => a is "--help" or "-h"))
{
    Console.WriteLine(CommandLine.Help);
    return ExitCodes.Ok;
}

if (CommandLine.FirstFault(args) is { } fault)
{
    return Refuse(fault, ExitCodes.WrongInput);
}

try
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
    builder.Configuration.AddCommandLine(args, CommandLine.Aliases);
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
    builder.Services.AddEcuAgentOptions(builder.Configuration);
    builder.Services.AddSingleton(TimeProvider.System);

    using var loggers = LoggerFactory.Create(l => l
        .AddConfiguration(builder.Configuration.GetSection("Logging"))
        .AddConsole());
    var options = ReadOptions(builder);
    var policy = options.Policy.File is { } file ? PolicyLoader.LoadFile(file) : PolicyLoader.LoadBundled(options.Policy.Profile);
    await using var tools = options.Tools.File is null ? null : McpToolbox.Open(options.Tools, loggers, TimeProvider.System);
    var catalogue = ToolCatalogue.LoadEmbedded();
    var model = await LoadedModel.LoadAsync(options.Model.ToQwenOptions(), catalogue, TimeProvider.System, loggers, CancellationToken.None);

    var instanceId = Guid.NewGuid().ToString();
    var role = options.Standby.IsOn ? new StandbyRole(options.Standby, instanceId, TimeProvider.System) : null;
    Func<bool> mayAct = role is null ? static () => true : () => role.MayAct;
    var commerce = await CommerceOwner.OpenAsync(options, TimeProvider.System, loggers, role is null ? null : mayAct);

    var news = new OrderNews(options.Webhooks.MaxWaiting, TimeProvider.System);
    await using var receiver = await commerce.ReceiveAsync(options.Webhooks, news, TimeProvider.System, loggers);

    builder.Services.AddSingleton(_ => commerce);
    builder.Services.AddSingleton(catalogue);
    builder.Services.AddSingleton(_ => model);
    builder.Services.AddSingleton(new PolicyHolder(policy));
    builder.Services.AddSingleton<Inbox>();
    builder.Services.AddSingleton<CloudHelperOwner>();
    builder.Services.AddSingleton(s => new VehicleState(s.GetRequiredService<TimeProvider>(), options.Vehicle));
    builder.Services.AddSingleton(s =>
    {
        var bus = BusWiring.Join(
            options.Bus,
            new CockpitBusSettings(options.Bus.Source, instanceId, role is not null, mayAct),
            s.GetRequiredService<VehicleState>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILoggerFactory>(),
            role is null ? null : new PairOwnership(role.Strength, options.Standby.OwnLease));
        bus.PolicyProfile = policy.Profile;
        return bus;
    });
    if (role is not null)
    {
        builder.Services.AddSingleton(s => new StandbyDuty(
            role,
            options.Standby,
            new UtteranceLedger(s.GetRequiredService<TimeProvider>(), options.Agent.CommandExpiry),
            s.GetRequiredService<CockpitBus>(),
            s.GetRequiredService<AssistantAgent>(),
            s.GetRequiredService<Inbox>(),
            s.GetRequiredService<ILogger<StandbyDuty>>()));
    }

    builder.Services.AddSingleton(s => AuditLog.Open(
        new AuditOptions { Directory = options.Audit.ResolvedDirectory, MaxFileBytes = options.Audit.MaxFileBytes },
        s.GetRequiredService<TimeProvider>(),
        s.GetRequiredService<ILogger<AuditLog>>()));
    builder.Services.AddSingleton(s => new ConfirmationDesk(
        s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ConfirmationDesk>>()));
    builder.Services.AddSingleton(s => new DeferralQueue(
        s.GetRequiredService<TimeProvider>(), options.Deferral, s.GetRequiredService<ILogger<DeferralQueue>>()));
    builder.Services.AddSingleton(s =>
    {
        var bus = s.GetRequiredService<CockpitBus>();
        return new AssistantAgent(
            new AgentServices
            {
                Model = CloudWiring.Assist(model.Client, options, s),
                Catalogue = catalogue,
                Snapshot = s.GetRequiredService<VehicleState>().TakeSnapshot,
                Policy = s.GetRequiredService<PolicyHolder>(),
                Confirmations = s.GetRequiredService<ConfirmationDesk>(),
                Deferrals = s.GetRequiredService<DeferralQueue>(),
                Audit = s.GetRequiredService<AuditLog>(),
                Commands = bus,
                Places = bus,
                Replies = bus,
                Decisions = bus,
                Orders = bus,
                Purchases = commerce.Purchases,
                Tools = tools,
                MayAct = mayAct,
                Time = s.GetRequiredService<TimeProvider>(),
                Loggers = s.GetRequiredService<ILoggerFactory>(),
            },
            options.Agent);
    });
    builder.Services.AddHostedService<DialogueStage>();
    builder.Services.AddHostedService<IngestStage>();
    builder.Services.AddHostedService<OrderStage>();
    builder.Services.AddHostedService<JournalStage>();
    builder.Services.AddHostedService(s => new OrderEventStage(
        (merchant, session, stopping) => mayAct()
            ? s.GetRequiredService<AssistantAgent>().LookAtOrderAsync(merchant, session, stopping)
            : Task.FromResult(OrderLookKind.NotOpen),
        news,
        receiver,
        s.GetRequiredService<TimeProvider>(),
        s.GetRequiredService<IHostApplicationLifetime>(),
        s.GetRequiredService<ILogger<OrderEventStage>>()));
    builder.Services.AddHostedService<HealthStage>();

    using var host = builder.Build();
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (OptionsValidationException error)
{
    return Refuse(string.Join(Environment.NewLine, error.Failures), ExitCodes.WrongInput);
}
catch (Exception error) when (error is PolicyException or RegistryException)
{
    return Refuse(error.Message, ExitCodes.WrongInput);
}
catch (ReceiverException error)
{
    return Refuse($"EcuAgent:Webhooks:{error.Message}", ExitCodes.WrongInput);
}
catch (Exception error) when (error is InvalidOperationException or FormatException or InvalidDataException && error.Source?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true)
{
    return Refuse(error.Message, ExitCodes.WrongInput);
}
catch (Exception error) when (error is DdsLibraryException or DdsException or SomeIpException)
{
    return Refuse(error.Message, ExitCodes.NoBus);
}

static EcuAgentOptions ReadOptions(HostApplicationBuilder builder)
{
    using var provider = builder.Services.BuildServiceProvider();
    return provider.GetRequiredService<IOptions<EcuAgentOptions>>().Value;
}

static int Refuse(string problem, int code)
{
    Console.Error.WriteLine($"EcuAgent: {problem}");
    return code;
}
