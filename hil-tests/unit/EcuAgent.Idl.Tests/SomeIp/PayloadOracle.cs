using System.Text;
using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.Idl.Tests.SomeIp;

/// <summary>The rules of SOME/IP once more, over the IDL and the memory of a sample, with no line in common with the generated code.</summary>
internal static class PayloadOracle
{
    private static readonly Rune[] Runes = ["a".EnumerateRunes().First(), new('7'), new(0xE9), new(0x4E2D), new(0x1F697), new(0x10FFFF)];

    /// <summary>A random sample that the contract allows.</summary>
    public static byte[] Sample(IdlStruct type, int seed)
    {
        var memory = new byte[CLayout.SizeBytes(type)];
        Fill(type, memory, new Random(seed));
        return memory;
    }

    /// <summary>A sample with every string full.</summary>
    public static byte[] FullSample(IdlStruct type)
    {
        var memory = new byte[CLayout.SizeBytes(type)];
        Fill(type, memory, new Highest());
        return memory;
    }

    public static byte[] Payload(IdlStruct type, ReadOnlySpan<byte> memory, int lengthBytes)
    {
        var payload = new List<byte>();
        Append(type, memory, lengthBytes, payload);
        return [.. payload];
    }

    private static void Fill(IdlType type, Span<byte> memory, Random random)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.Boolean }:
                memory[0] = (byte)random.Next(2);
                break;
            case PrimitiveType:
                random.NextBytes(memory);
                break;
            case IdlEnum x:
                BitConverter.TryWriteBytes(memory, x.Enumerators[random.Next(x.Enumerators.Count)].Value);
                break;
            case StringType x:
                var room = random.Next(3) switch { 0 => 0, 1 => random.Next((int)x.BoundBytes + 1), _ => (int)x.BoundBytes };
                for (var at = 0; at < room;)
                {
                    var rune = Runes[random.Next(Runes.Length)];
                    at += rune.Utf8SequenceLength <= room - at ? rune.EncodeToUtf8(memory[at..]) : Runes[0].EncodeToUtf8(memory[at..]);
                }

                break;
            case ArrayType x:
                var size = (int)CLayout.SizeBytes(x.Element);
                for (var i = 0; i < x.Length; i++)
                {
                    Fill(x.Element, memory.Slice(i * size, size), random);
                }

                break;
            case IdlStruct x:
                foreach (var (member, offset) in x.Members.Zip(CLayout.Offsets(x)))
                {
                    Fill(member.Type, memory.Slice((int)offset, (int)CLayout.SizeBytes(member.Type)), random);
                }

                break;
        }
    }

    private static void Append(IdlType type, ReadOnlySpan<byte> memory, int lengthBytes, List<byte> payload)
    {
        switch (type)
        {
            case PrimitiveType or IdlEnum:
                payload.AddRange(memory[..(int)CLayout.SizeBytes(type)].ToArray().Reverse());
                break;
            case StringType:
                AppendWithLength([0xEF, 0xBB, 0xBF, .. memory[..memory.IndexOf((byte)0)], 0], lengthBytes, payload);
                break;
            case ArrayType x:
                var size = (int)CLayout.SizeBytes(x.Element);
                var content = new List<byte>();
                for (var i = 0; i < x.Length; i++)
                {
                    Append(x.Element, memory.Slice(i * size, size), lengthBytes, content);
                }

                AppendWithLength(content, lengthBytes, payload);
                break;
            case IdlStruct x:
                foreach (var (member, offset) in x.Members.Zip(CLayout.Offsets(x)))
                {
                    Append(member.Type, memory.Slice((int)offset, (int)CLayout.SizeBytes(member.Type)), lengthBytes, payload);
                }

                break;
        }
    }

    private static void AppendWithLength(List<byte> content, int lengthBytes, List<byte> payload)
    {
        for (var i = lengthBytes - 1; i >= 0; i--)
        {
            payload.Add((byte)(content.Count >> (8 * i)));
        }

        payload.AddRange(content);
    }

    private sealed class Highest : Random
    {
        public override int Next(int maxValue) => maxValue - 1;
    }
}
