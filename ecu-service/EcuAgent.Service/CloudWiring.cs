using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Policy;
using EcuAgent.QwenCloud;
using EcuAgent.QwenCloud.Privacy;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Puts the cloud helper behind the local model where the settings switch it on.</summary>
internal static class CloudWiring
{
    /// <summary>The client that the agent plans with: the local model, or the local model with the helper behind it.</summary>
    /// <remarks>A helper that cannot be made does not stop the start: the product works without it.</remarks>
    public static IChatClient Assist(IChatClient local, EcuAgentOptions options, IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CloudWiring).FullName!);
        try
        {
            if (!options.Cloud.Enabled)
            {
                SayOff(options.Cloud, services.GetRequiredService<TimeProvider>());
                return local;
            }

            var time = services.GetRequiredService<TimeProvider>();
            var catalogue = services.GetRequiredService<ToolCatalogue>();
            var confirmations = services.GetRequiredService<ConfirmationDesk>();
            var loggers = services.GetRequiredService<ILoggerFactory>();
            var helper = new CloudHelper(options.Cloud, new CloudHelperServices
            {
                Catalogue = catalogue,
                Snapshot = services.GetRequiredService<VehicleState>().TakeSnapshot,
                Policy = services.GetRequiredService<PolicyHolder>(),
                IsQuestionOpen = () => confirmations.Current is not null,
                ModelBudget = options.Agent.ModelTimeout,
                Time = time,
                Loggers = loggers,
            });
            services.GetRequiredService<CloudHelperOwner>().Helper = helper;
            return new AssistedChatClient(local, helper, catalogue, time, loggers.CreateLogger<AssistedChatClient>());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.CloudHelperNotMade(options.Cloud.ResolvedDirectory, error.Message);
            return local;
        }
    }

    // Where it was on before, its last word on disk must not say so for ever. A car that never had it gets no file.
    private static void SayOff(QwenCloudOptions options, TimeProvider time)
    {
        if (HelperStatus.Read(options.ResolvedDirectory) is { Enabled: true } last)
        {
            (last with { Enabled = false, Time = time.GetUtcNow(), Circuit = "" }).Write(options.ResolvedDirectory);
        }
    }
}
