using System.Text;

namespace EcuAgent.Qwen.Priors;

/// <summary>Reads prior.bin; tools/train/prior.py describes the format.</summary>
internal static class PriorReader
{
    private const int Version = 1;
    private const long BytesLimit = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "ECUPRIOR"u8;

    /// <exception cref="QwenModelException">Not such a file, of another version, cut short or too long, or a number is out of range.</exception>
    public static PriorData Read(string path)
    {
        if (new FileInfo(path) is not { Exists: true } info)
        {
            throw new QwenModelException(QwenModelError.Missing, path, "the file does not exist");
        }

        if (info.Length > BytesLimit)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"larger than {BytesLimit} bytes");
        }

        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        try
        {
            return Read(reader, path);
        }
        catch (EndOfStreamException e)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"ends after {info.Length} bytes, before its last value", e);
        }
    }

    private static PriorData Read(BinaryReader reader, string path)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            throw new QwenModelException(QwenModelError.Damaged, path, "not an opening prior: the first 8 bytes are not 'ECUPRIOR'");
        }

        if (reader.ReadUInt32() is not Version and var version)
        {
            throw new QwenModelException(QwenModelError.Unsupported, path, $"opening prior of version {version}, expected {Version}");
        }

        var (charSeed, wordSeed, gramSeed) = (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        var minChar = InRange("shortest character gram", reader.ReadByte(), 1, TextBuckets.LongestGram);
        var maxChar = InRange("longest character gram", reader.ReadByte(), minChar, TextBuckets.LongestGram);
        var maxWord = InRange("longest word gram", reader.ReadByte(), 1, TextBuckets.LongestGram);
        var bits = InRange("bits of a bucket", reader.ReadByte(), 1, TextBuckets.MostBits);
        var maxUnits = InRange("most units", reader.ReadUInt16(), 1, TextBuckets.MostUnits);
        var dimensions = InRange("dimensions", reader.ReadUInt16(), 1, PriorData.MostDimensions);
        var classes = InRange("classes", reader.ReadUInt16(), 1, PriorData.MostClasses);
        var toolCount = InRange("tools", reader.ReadUInt16(), 1, PriorData.MostTools);
        var weight = Finite("weight", reader.ReadSingle());
        var tools = new string[toolCount];
        var toolBias = new float[toolCount];
        for (var t = 0; t < toolCount; t++)
        {
            var length = reader.ReadByte();
            var name = reader.ReadBytes(length);
            tools[t] = name.Length == length ? Encoding.UTF8.GetString(name) : throw new EndOfStreamException();
            toolBias[t] = Finite($"bias of tool '{tools[t]}'", reader.ReadSingle());
        }

        var data = new PriorData
        {
            Buckets = new TextBuckets(charSeed, wordSeed, gramSeed, minChar, maxChar, maxWord, bits, maxUnits),
            Weight = weight,
            Tools = tools,
            ToolBias = toolBias,
            ClassTools = [.. Enumerable.Range(0, classes).Select(c => InRange($"tool of class {c}", reader.ReadUInt16(), 0, toolCount - 1))],
            Scales = Singles("scale", dimensions),
            ClassBias = Singles("bias of a class", classes),
            Output = Singles("output weight", classes * dimensions),
            Rows = Rows(reader, dimensions << bits),
        };
        return reader.BaseStream.Position == reader.BaseStream.Length
            ? data
            : throw new QwenModelException(QwenModelError.Damaged, path, $"{reader.BaseStream.Length} bytes, expected {reader.BaseStream.Position}");

        int InRange(string what, int value, int least, int most) => value >= least && value <= most
            ? value
            : throw new QwenModelException(QwenModelError.Damaged, path, $"{what} is {value}, expected {least} to {most}");

        float Finite(string what, float value) => float.IsFinite(value)
            ? value
            : throw new QwenModelException(QwenModelError.Damaged, path, $"{what} is {value}, expected a number");

        float[] Singles(string what, int count) => [.. Enumerable.Range(0, count).Select(i => Finite($"{what} {i}", reader.ReadSingle()))];
    }

    private static sbyte[] Rows(BinaryReader reader, int count)
    {
        var rows = new sbyte[count];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.AsSpan()));
        return rows;
    }
}
