using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcuAgent.Service;

internal static class EcuAgentOptionsExtensions
{
    /// <summary>Binds the section <c>EcuAgent</c>; a key that no setting has and a value out of its range stop the start.</summary>
    public static IServiceCollection AddEcuAgentOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EcuAgentOptions>()
            .Bind(configuration.GetSection(EcuAgentOptions.Section), o => o.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services.AddSingleton<IValidateOptions<EcuAgentOptions>, EcuAgentOptionsValidator>();
    }
}
