namespace EcuAgent.Fuzz;

/// <summary>Spoils bytes: bits, bytes, lengths that lie, parts left out, doubled or taken from another input.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostBytes = 4096;

    private static readonly uint[] Lies = [0, 1, 7, 8, 9, 15, 16, 17, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    /// <summary>Each place of one, two and four bytes with each of the values that lengths go wrong at.</summary>
    internal static IEnumerable<byte[]> LengthLies(byte[] seed)
    {
        for (var at = 0; at < seed.Length; at++)
        {
            foreach (var lie in Lies)
            {
                for (var size = 1; size <= 4 && at + size <= seed.Length; size *= 2)
                {
                    var copy = (byte[])seed.Clone();
                    Put(copy, at, size, lie);
                    yield return copy;
                }
            }
        }
    }

    /// <summary>Another input, made of one that is known and parts of others.</summary>
    internal byte[] Mutate(byte[] known, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(known);
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(Math.Min(bytes.Count - at, 20)));
                    break;
                case 3:
                    bytes.InsertRange(at, others[random.Next(others.Count)].Take(random.Next(40)));
                    break;
                case 4:
                    bytes.AddRange(others[random.Next(others.Count)]);
                    break;
                case 5:
                    bytes[at] = (byte)Lies[random.Next(Lies.Length)];
                    break;
                default:
                    var size = 1 << random.Next(3);
                    Put(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes), Math.Min(at, Math.Max(0, bytes.Count - size)), Math.Min(size, bytes.Count), Lies[random.Next(Lies.Length)]);
                    break;
            }
        }

        return bytes.Count <= MostBytes ? [.. bytes] : [.. bytes.Take(MostBytes)];
    }

    private static void Put(Span<byte> bytes, int at, int size, uint value)
    {
        for (var i = 0; i < size; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * (size - 1 - i)));
        }
    }
}
