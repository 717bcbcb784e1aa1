namespace EcuAgent.Core.Agent;

/// <summary>Where an answer comes from, written before the model's name: "local:ecuagent-compact-2", "cloud:qwen-plus".</summary>
public static class ModelOrigin
{
    /// <summary>Begins the <c>ModelId</c> of a response from outside the car. Whoever lets such a response in has to set it.</summary>
    public const string CloudPrefix = "cloud:";

    private const string LocalPrefix = "local:";

    /// <summary>Origin and name of the model that gave a response; "local:" where the client does not name it.</summary>
    public static string Of(string? modelId) =>
        modelId is not null && modelId.StartsWith(CloudPrefix, StringComparison.Ordinal) ? modelId : LocalPrefix + modelId;
}
