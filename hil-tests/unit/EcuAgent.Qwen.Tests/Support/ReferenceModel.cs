namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Qwen3's forward pass in double precision, straight from the published architecture, whole sequence at once, no cache.</summary>
internal sealed class ReferenceModel(TinyCheckpoint shape, Func<string, float[]> weights)
{
    /// <summary>Logits after the last token.</summary>
    public double[] Logits(IReadOnlyList<int> tokens)
    {
        var (h, hd) = (shape.Hidden, shape.HeadDimension);
        var embedding = weights("model.embed_tokens.weight");
        var x = tokens.Select(t => Enumerable.Range(0, h).Select(i => (double)embedding[(t * h) + i]).ToArray()).ToArray();
        for (var l = 0; l < shape.Layers; l++)
        {
            var p = $"model.layers.{l}.";
            var normed = x.Select(v => Norm(v, p + "input_layernorm.weight")).ToArray();
            var q = normed.Select((v, t) => Heads(Mul(p + "self_attn.q_proj.weight", v), p + "self_attn.q_norm.weight", t)).ToArray();
            var k = normed.Select((v, t) => Heads(Mul(p + "self_attn.k_proj.weight", v), p + "self_attn.k_norm.weight", t)).ToArray();
            var vs = normed.Select(v => Mul(p + "self_attn.v_proj.weight", v)).ToArray();
            for (var t = 0; t < x.Length; t++)
            {
                var attended = new double[shape.Heads * hd];
                for (var head = 0; head < shape.Heads; head++)
                {
                    var group = head / (shape.Heads / shape.KeyValueHeads);
                    var scores = Enumerable.Range(0, t + 1).Select(s => Dot(q[t][head], k[s][group]) / Math.Sqrt(hd)).ToArray();
                    var top = scores.Max();
                    var e = scores.Select(s => Math.Exp(s - top)).ToArray();
                    var sum = e.Sum();
                    for (var s = 0; s <= t; s++)
                    {
                        for (var i = 0; i < hd; i++)
                        {
                            attended[(head * hd) + i] += e[s] / sum * vs[s][(group * hd) + i];
                        }
                    }
                }

                x[t] = Add(x[t], Mul(p + "self_attn.o_proj.weight", attended));
            }

            for (var t = 0; t < x.Length; t++)
            {
                var n = Norm(x[t], p + "post_attention_layernorm.weight");
                var gate = Mul(p + "mlp.gate_proj.weight", n);
                var up = Mul(p + "mlp.up_proj.weight", n);
                var mixed = gate.Zip(up, static (g, u) => g / (1 + Math.Exp(-g)) * u).ToArray();
                x[t] = Add(x[t], Mul(p + "mlp.down_proj.weight", mixed));
            }
        }

        return Mul(shape.Tied ? "model.embed_tokens.weight" : "lm_head.weight", Norm(x[^1], "model.norm.weight"));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();

    private static double[] Add(double[] a, double[] b) => a.Zip(b, static (x, y) => x + y).ToArray();

    private double[] Mul(string name, double[] x)
    {
        var w = weights(name);
        var y = new double[w.Length / x.Length];
        for (var r = 0; r < y.Length; r++)
        {
            for (var c = 0; c < x.Length; c++)
            {
                y[r] += (double)w[(r * x.Length) + c] * x[c];
            }
        }

        return y;
    }

    private double[] Norm(double[] x, string name)
    {
        var w = weights(name);
        var scale = 1 / Math.Sqrt((x.Sum(static v => v * v) / x.Length) + shape.Epsilon);
        return x.Select((v, i) => v * scale * w[i]).ToArray();
    }

    private double[][] Heads(double[] all, string norm, int position)
    {
        var half = shape.HeadDimension / 2;
        return [.. all.Chunk(shape.HeadDimension).Select(head =>
        {
            var n = Norm(head, norm);
            var turned = new double[n.Length];
            for (var i = 0; i < half; i++)
            {
                var angle = position / Math.Pow(shape.RopeTheta, 2.0 * i / shape.HeadDimension);
                turned[i] = (n[i] * Math.Cos(angle)) - (n[i + half] * Math.Sin(angle));
                turned[i + half] = (n[i + half] * Math.Cos(angle)) + (n[i] * Math.Sin(angle));
            }

            return turned;
        })];
    }
}
