using System.Numerics;
using System.Text.Json;

namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>Rotary embedding of the reference: element i of the first half and of the second are one complex number, which is turned.</summary>
internal sealed class ReferenceRotation
{
    private readonly double[] _wavelengths;
    private readonly double _magnitude = 1;

    public ReferenceRotation(TestModel model)
    {
        var pairs = model.HeadDimension / 2;
        _wavelengths = [.. Enumerable.Range(0, pairs).Select(i => 2 * Math.PI * Math.Pow(model.Theta, (double)i / pairs))];
        if (model.RopeScaling is null)
        {
            return;
        }

        using var scaling = JsonDocument.Parse(model.RopeScaling);
        var root = scaling.RootElement;
        var kind = (root.TryGetProperty("rope_type", out var t) ? t : root.GetProperty("type")).GetString();
        var factor = root.GetProperty("factor").GetDouble();
        if (kind == "linear")
        {
            _wavelengths = [.. _wavelengths.Select(w => w * factor)];
            return;
        }

        // YaRN: pairs that turn often over the original context stay, those that turn less than once are stretched by the factor,
        // and between the two (rounded outwards to whole pairs) frequencies are mixed linearly in the pair's number.
        var original = root.GetProperty("original_max_position_embeddings").GetDouble();
        var (fast, slow) = (Number("beta_fast", 32), Number("beta_slow", 1));
        var from = Math.Max(0, Math.Floor(PairTurning(fast)));
        var to = Math.Min(model.HeadDimension - 1, Math.Ceiling(PairTurning(slow)));
        for (var i = 0; i < pairs; i++)
        {
            var stretched = Math.Clamp((i - from) / Math.Max(to - from, 0.001), 0, 1);
            _wavelengths[i] = 1 / (((1 - stretched) / _wavelengths[i]) + (stretched / (_wavelengths[i] * factor)));
        }

        _magnitude = Number("attention_factor", 1 + (0.1 * Math.Log(factor)));

        double Number(string name, double otherwise) => root.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

        // original / wavelength = turns, solved for the pair.
        double PairTurning(double turns) => pairs * Math.Log(original / (2 * Math.PI * turns), model.Theta);
    }

    public void Turn(Span<double> head, int position)
    {
        var half = head.Length / 2;
        for (var i = 0; i < half; i++)
        {
            var turned = new Complex(head[i], head[i + half]) * Complex.FromPolarCoordinates(_magnitude, 2 * Math.PI * position / _wavelengths[i]);
            (head[i], head[i + half]) = (turned.Real, turned.Imaginary);
        }
    }
}
