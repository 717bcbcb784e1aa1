using System.Security.Cryptography;
using System.Text;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tests.Support;

namespace EcuAgent.Qwen.Tests.Priors;

/// <summary>Small prior.bin files, written without the product's code.</summary>
internal static class PriorFile
{
    /// <summary>A prior whose words say nothing: only the tools' own biases count.</summary>
    public static byte[] Of(params (string Tool, float Bias)[] tools)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("ECUPRIOR"u8);
        foreach (var value in (uint[])[1, 1, 2, 3])
        {
            writer.Write(value);
        }

        writer.Write([2, 2, 1, 1]);
        foreach (var value in (ushort[])[100, 1, 1, (ushort)tools.Length])
        {
            writer.Write(value);
        }

        writer.Write(0f);
        foreach (var (tool, bias) in tools)
        {
            writer.Write((byte)tool.Length);
            writer.Write(Encoding.UTF8.GetBytes(tool));
            writer.Write(bias);
        }

        writer.Write((ushort)0);
        foreach (var value in (float[])[1, 0, 0])
        {
            writer.Write(value);
        }

        writer.Write([0, 0]);
        writer.Flush();
        return stream.ToArray();
    }

    public static void Add(string package, byte[] prior)
    {
        File.WriteAllBytes(Path.Combine(package, "prior.bin"), prior);
        TinyModel.EditManifest(package, manifest => manifest with
        {
            Files = new(manifest.Files) { ["prior.bin"] = Convert.ToHexStringLower(SHA256.HashData(prior)) },
        });
    }
}
