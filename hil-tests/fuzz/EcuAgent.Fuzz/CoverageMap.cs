using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace EcuAgent.Fuzz;

/// <summary>
/// Which branches an input took and how often, in classes (1, 2, 3, 4-7, 8-15, 16-31, 32-127, more), as AFL does it: an input that reaches a class no
/// other one reached is worth keeping.
/// </summary>
internal sealed unsafe class CoverageMap : IDisposable
{
    private const int Places = 65536;

    private readonly byte* _counts = (byte*)NativeMemory.AlignedAlloc(Places, 64);
    private readonly byte[] _seen = new byte[Places];

    internal CoverageMap()
    {
        Clear();
        Trace.SharedMem = _counts;
    }

    /// <summary>Branches that some input took so far.</summary>
    internal int Branches { get; private set; }

    public void Dispose()
    {
        Trace.SharedMem = null;
        NativeMemory.AlignedFree(_counts);
    }

    internal void Clear()
    {
        new Span<byte>(_counts, Places).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds what was counted since <see cref="Clear"/>.</summary>
    /// <returns>True when it has something new.</returns>
    internal bool Add()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(_counts, Places / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
            {
                continue;
            }

            for (var place = word * sizeof(ulong); place < (word + 1) * sizeof(ulong); place++)
            {
                var bit = ClassOf(_counts[place]);
                if ((bit & ~_seen[place]) != 0)
                {
                    Branches += _seen[place] == 0 ? 1 : 0;
                    _seen[place] |= bit;
                    isNew = true;
                }
            }
        }

        return isNew;
    }

    private static byte ClassOf(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
