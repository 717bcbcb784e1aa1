namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>
/// Forward pass of Qwen2 and Qwen3 in double precision, token after token with a growing list of keys and values. Written from
/// the published architecture, without any of the exporter's code.
/// </summary>
internal sealed class ReferenceDecoder
{
    private readonly TestModel _model;
    private readonly Func<string, double[]> _weights;
    private readonly ReferenceRotation _rotation;
    private readonly List<double[]>[] _keys;
    private readonly List<double[]>[] _values;

    public ReferenceDecoder(TestModel model, Func<string, double[]>? weights = null)
    {
        _model = model;
        _weights = weights ?? (name => model.Tensors[name].Values);
        _rotation = new ReferenceRotation(model);
        _keys = [.. Enumerable.Range(0, model.Layers).Select(static _ => new List<double[]>())];
        _values = [.. Enumerable.Range(0, model.Layers).Select(static _ => new List<double[]>())];
    }

    /// <summary>Logits after each of the tokens.</summary>
    public double[][] Append(params int[] tokens) => [.. tokens.Select(Append)];

    private double[] Append(int token)
    {
        var x = _weights("model.embed_tokens.weight").AsSpan(token * _model.Hidden, _model.Hidden).ToArray();
        for (var layer = 0; layer < _model.Layers; layer++)
        {
            var p = $"model.layers.{layer}.";
            var attended = Attend(layer, p, RmsNorm(x, p + "input_layernorm.weight"));
            AddTo(x, attended);
            var n = RmsNorm(x, p + "post_attention_layernorm.weight");
            var (gate, up) = (Times(p + "mlp.gate_proj.weight", n), Times(p + "mlp.up_proj.weight", n));
            for (var i = 0; i < gate.Length; i++)
            {
                gate[i] = gate[i] / (1 + Math.Exp(-gate[i])) * up[i];
            }

            AddTo(x, Times(p + "mlp.down_proj.weight", gate));
        }

        return Times(_model.Tied ? "model.embed_tokens.weight" : "lm_head.weight", RmsNorm(x, "model.norm.weight"));
    }

    private double[] Attend(int layer, string p, double[] x)
    {
        var (size, position) = (_model.HeadDimension, _keys[layer].Count);
        var q = Projected(p + "self_attn.q_proj", x, _model.HasQkvBias);
        var k = Projected(p + "self_attn.k_proj", x, _model.HasQkvBias);
        var v = Projected(p + "self_attn.v_proj", x, _model.HasQkvBias);
        foreach (var (vector, norm) in new[] { (q, "self_attn.q_norm.weight"), (k, "self_attn.k_norm.weight") })
        {
            for (var start = 0; start < vector.Length; start += size)
            {
                var head = vector.AsSpan(start, size);
                if (_model.Family == "qwen3")
                {
                    RmsNorm(head.ToArray(), p + norm).CopyTo(head);
                }

                _rotation.Turn(head, position);
            }
        }

        _keys[layer].Add(k);
        _values[layer].Add(v);
        var first = _model.Window is { } window && layer >= _model.FirstWindowLayer ? Math.Max(0, position - window + 1) : 0;
        var result = new double[q.Length];
        for (var head = 0; head < _model.Heads; head++)
        {
            var shared = head * _model.KeyValueHeads / _model.Heads * size;
            var weights = new double[position + 1 - first];
            for (var s = first; s <= position; s++)
            {
                for (var i = 0; i < size; i++)
                {
                    weights[s - first] += q[(head * size) + i] * _keys[layer][s][shared + i] / Math.Sqrt(size);
                }
            }

            var top = weights.Max();
            var sum = weights.Sum(w => Math.Exp(w - top));
            for (var s = first; s <= position; s++)
            {
                for (var i = 0; i < size; i++)
                {
                    result[(head * size) + i] += Math.Exp(weights[s - first] - top) / sum * _values[layer][s][shared + i];
                }
            }
        }

        return Projected(p + "self_attn.o_proj", result, _model.HasOutputBias);
    }

    private double[] Projected(string name, double[] x, bool bias)
    {
        var y = Times(name + ".weight", x);
        if (bias)
        {
            AddTo(y, _weights(name + ".bias"));
        }

        return y;
    }

    private double[] Times(string name, double[] x)
    {
        var w = _weights(name);
        var y = new double[w.Length / x.Length];
        for (var r = 0; r < y.Length; r++)
        {
            var row = w.AsSpan(r * x.Length, x.Length);
            var sum = 0.0;
            for (var c = 0; c < x.Length; c++)
            {
                sum += row[c] * x[c];
            }

            y[r] = sum;
        }

        return y;
    }

    private double[] RmsNorm(double[] x, string weight)
    {
        var w = _weights(weight);
        var root = Math.Sqrt((x.Sum(static v => v * v) / x.Length) + _model.Epsilon);
        return [.. x.Select((v, i) => v / root * w[i])];
    }

    private static void AddTo(double[] target, double[] other)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += other[i];
        }
    }
}
