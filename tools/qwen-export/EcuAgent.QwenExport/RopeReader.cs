using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>Finds the rotary embedding in config.json: rope_theta and rope_scaling, or rope_parameters as newer files have it.</summary>
internal static class RopeReader
{
    private const double DefaultTheta = 10_000;

    public static Rope Read(ConfigFile file, int maxPositions)
    {
        var parameters = Object(file, "rope_parameters");
        if (parameters is not null && parameters.Root.EnumerateObject().Any(static p => p.Value.ValueKind == JsonValueKind.Object))
        {
            throw new ExportException($"{file.Path}: rope_parameters = {parameters.Root.GetRawText()} differs by kind of layer, which is not supported");
        }

        // Where both are given, rope_scaling is the older spelling of the same; one edited by hand may say something else.
        var older = Object(file, "rope_scaling");
        if (parameters is not null && older is not null && (Kind(parameters), parameters.OptionalDouble("factor")) != (Kind(older), older.OptionalDouble("factor")))
        {
            throw new ExportException($"{file.Path}: rope_parameters = {parameters.Root.GetRawText()} and rope_scaling = {older.Root.GetRawText()} contradict each other; leave one out");
        }

        var scaling = parameters ?? older;
        var theta = parameters?.OptionalDouble("rope_theta") ?? file.OptionalDouble("rope_theta") ?? DefaultTheta;
        var kind = Kind(scaling);
        switch (kind)
        {
            case "default":
                return new Rope("default", theta);
            case "linear":
                return new Rope("linear", theta, Factor(scaling!));
            case "yarn":
                return Yarn(scaling!, theta, maxPositions);
            case "dynamic":
                throw new ExportException($"{file.Path}: rope type 'dynamic' is not supported: its angles change with the length of the prompt, so keys in the cache would no longer fit; use 'yarn' or 'linear' with a fixed factor");
            default:
                throw new ExportException($"{file.Path}: rope type '{kind}' is not supported, expected 'default', 'linear' or 'yarn'");
        }
    }

    private static string Kind(ConfigFile? scaling) => scaling?.OptionalText("rope_type") ?? scaling?.OptionalText("type") ?? "default";

    private static Rope Yarn(ConfigFile scaling, double theta, int maxPositions)
    {
        if (scaling.OptionalDouble("mscale") is not null || scaling.OptionalDouble("mscale_all_dim") is not null)
        {
            throw new ExportException($"{scaling.Path}: rope scaling with mscale is not supported ({scaling.Root.GetRawText()}); Qwen's has none");
        }

        var original = scaling.OptionalDouble("original_max_position_embeddings") ?? maxPositions;
        var factor = scaling.OptionalDouble("factor") is null && original != maxPositions ? maxPositions / original : Factor(scaling);
        var rope = new Rope("yarn", theta, factor, scaling.OptionalDouble("attention_factor") ?? Rope.YarnAttentionFactor(factor))
        {
            OriginalPositions = original,
            BetaFast = scaling.OptionalDouble("beta_fast") ?? 32,
            BetaSlow = scaling.OptionalDouble("beta_slow") ?? 1,
            Truncate = scaling.OptionalBool("truncate") ?? true,
        };
        return original >= 1 && rope.AttentionFactor > 0 && rope.BetaFast > 0 && rope.BetaSlow > 0 && rope.BetaFast >= rope.BetaSlow && theta > 1
            ? rope
            : throw new ExportException($"{scaling.Path}: rope scaling {scaling.Root.GetRawText()}, expected positive numbers, beta_fast at least beta_slow and rope_theta above 1");
    }

    private static double Factor(ConfigFile scaling) =>
        scaling.OptionalDouble("factor") switch
        {
            null => throw new ExportException($"{scaling.Path}: rope scaling {scaling.Root.GetRawText()} has no 'factor'"),
            >= 1 and <= 1024 and var factor => factor,
            var factor => throw new ExportException(FormattableString.Invariant($"{scaling.Path}: rope scaling factor = {factor}, expected 1 to 1024")),
        };

    private static ConfigFile? Object(ConfigFile file, string name) =>
        file.Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? file.Inside(value)
        : throw file.Wrong(name, value, "an object");
}
