using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.QwenExport;

/// <summary>Sizes and errors of an export, per tensor, per layer and in all.</summary>
internal sealed record ExportReport(string Model, string Family, IReadOnlyList<TensorReport> Tensors, IReadOnlyList<string> Remarks)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Bytes of all weights with their scales.</summary>
    public long Bytes => Tensors.Sum(static t => t.Bytes);

    /// <summary>Bytes by bits of one weight, for the manifest.</summary>
    public SortedDictionary<string, long> BytesByBits =>
        new(Tensors.GroupBy(static t => t.Bits).ToDictionary(static g => g.Key.ToString(CultureInfo.InvariantCulture), static g => g.Sum(static t => t.Bytes)), StringComparer.Ordinal);

    /// <summary>Groups in the order of the model: one for each layer, then everything else.</summary>
    public IEnumerable<LayerTotal> Layers =>
        Tensors.GroupBy(static t => t.Layer).OrderBy(static g => g.Key ?? int.MaxValue).Select(static g => new LayerTotal(g.Key, g.Sum(static t => t.Bytes), RelativeError(g)));

    public double TotalRelativeError => RelativeError(Tensors);

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(
        new { Model, Family, Bytes, RelativeError = TotalRelativeError, BytesByBits, Remarks, Layers = Layers.ToArray(), Tensors }, Json), (byte)'\n'];

    /// <summary>The same for people: one line for each tensor of two dimensions, a total for each layer.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        Line("tensor", "shape", "bits", "bytes", "rel.error");
        foreach (var layer in Layers)
        {
            foreach (var tensor in Tensors.Where(t => t.Layer == layer.Layer && t.Shape.Length > 1))
            {
                Line(tensor.Name, $"[{string.Join(',', tensor.Shape)}]", Text(tensor.Bits), Text(tensor.Bytes), Error(tensor.RelativeError));
                if (tensor.Note is { } note)
                {
                    text.Append("    ").Append(note).Append('\n');
                }
            }

            Line(layer.Layer is { } number ? $"  layer {Text(number)} in all" : "  outside layers in all", "", "", Text(layer.Bytes), Error(layer.RelativeError));
        }

        Line("all", "", "", Text(Bytes), Error(TotalRelativeError));
        foreach (var remark in Remarks)
        {
            text.Append(remark).Append('\n');
        }

        return text.ToString();

        void Line(string name, string shape, string bits, string bytes, string error) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-46}{shape,18}{bits,6}{bytes,14}{error,12}").Append('\n');
    }

    private static double RelativeError(IEnumerable<TensorReport> tensors)
    {
        var (error, energy) = (0.0, 0.0);
        foreach (var tensor in tensors)
        {
            error += tensor.RelativeError * tensor.RelativeError * tensor.Energy;
            energy += tensor.Energy;
        }

        return energy == 0 ? 0 : Math.Sqrt(error / energy);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Error(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Everything of one layer; null: embedding, head and last norm.</summary>
    internal sealed record LayerTotal(int? Layer, long Bytes, double RelativeError);
}
