using System.Text.Json;
using EcuAgent.Qwen.Priors;
using EcuAgent.Qwen.Tests.Support;
using Xunit;

namespace EcuAgent.Qwen.Tests.Priors;

/// <summary>Against numbers that tools/train/prior.py computed (prior-vectors.json; its own test holds it to the same file).</summary>
public sealed class OpeningPriorTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly JsonDocument _vectors = JsonDocument.Parse(File.ReadAllBytes(
        Path.Combine(TestFiles.Repository, "hil-tests", "unit", "EcuAgent.Qwen.Tests", "Priors", "prior-vectors.json")));

    public void Dispose()
    {
        _vectors.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Buckets_AnyText_AreThoseOfTheTrainer()
    {
        var settings = new TextBuckets(0x9E3779B1, 0x811C9DC5, 0x01234567, 2, 4, 2, 16, 400);
        var buckets = new int[settings.MaxCount];
        foreach (var vector in _vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var count = settings.Find(vector.GetProperty("text").GetString()!.Normalize(), buckets);

            Assert.Equal(vector.GetProperty("buckets16").EnumerateArray().Select(static b => b.GetInt32()), buckets[..count]);
        }
    }

    [Fact]
    public void Bias_AnyText_IsThatOfTheTrainer()
    {
        var prior = OpeningPrior.Load(Write(_vectors.RootElement.GetProperty("prior").GetBytesFromBase64()));
        Assert.Equal(_vectors.RootElement.GetProperty("tools").EnumerateArray().Select(static t => t.GetString()), prior.Tools);
        var bias = new float[prior.Tools.Count];
        foreach (var vector in _vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var expected = vector.GetProperty("bias");
            var isFound = prior.TryFind(vector.GetProperty("text").GetString()!.Normalize(), bias);

            Assert.Equal(expected.ValueKind == JsonValueKind.Array, isFound);
            for (var t = 0; isFound && t < bias.Length; t++)
            {
                Assert.Equal(expected[t].GetSingle(), bias[t], 1e-4f);
            }
        }
    }

    [Fact]
    public void Bias_OnceWarm_AllocatesNothing()
    {
        var prior = OpeningPrior.Load(Write(_vectors.RootElement.GetProperty("prior").GetBytesFromBase64()));
        var bias = new float[prior.Tools.Count];
        for (var i = 0; i < 3; i++)
        {
            prior.TryFind("turn the fan on, please", bias);
        }

        Assert.Equal(0, Allocated.Least(() => prior.TryFind("turn the fan on, please", bias)));
    }

    [Theory]
    [InlineData(0, (byte)'X', QwenModelError.Damaged, "ECUPRIOR")]
    [InlineData(8, 2, QwenModelError.Unsupported, "version 2")]
    [InlineData(24, 0, QwenModelError.Damaged, "shortest character gram is 0")]
    [InlineData(25, 200, QwenModelError.Damaged, "longest character gram is 200")]
    [InlineData(27, 21, QwenModelError.Damaged, "bits of a bucket is 21")]
    [InlineData(34, 0, QwenModelError.Damaged, "tools is 0")]
    public void Load_ValueOutOfRange_IsNamed(int at, byte value, QwenModelError error, string named)
    {
        var bytes = PriorFile.Of(("a", 0), ("b", 0));
        bytes[at] = value;

        var refused = Assert.Throws<QwenModelException>(() => OpeningPrior.Load(Write(bytes)));

        Assert.Equal(error, refused.Error);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnyOtherLength_IsDamaged()
    {
        var bytes = PriorFile.Of(("a", 0), ("b", 0));
        foreach (var wrong in Enumerable.Range(0, bytes.Length).Select(length => bytes[..length]).Append([.. bytes, 0]))
        {
            Assert.Equal(QwenModelError.Damaged, Assert.Throws<QwenModelException>(() => OpeningPrior.Load(Write(wrong))).Error);
        }
    }

    [Fact]
    public void Load_BiasNotANumber_IsNamed() => Assert.Contains(
        "bias of tool 'b'", Assert.Throws<QwenModelException>(() => OpeningPrior.Load(Write(PriorFile.Of(("a", 0), ("b", float.NaN))))).Message, StringComparison.Ordinal);

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_files.Root, "prior.bin");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
