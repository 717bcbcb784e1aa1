using System.Runtime.InteropServices;

namespace EcuAgent.QwenExport;

/// <summary>Turns rows of weights into the bytes the graph reads, and sums up what was lost.</summary>
internal abstract class RowEncoder
{
    private double _errorSquared;
    private double _valueSquared;

    /// <summary>Root of squared error over squared value of everything encoded so far; 0 to 1, no unit.</summary>
    public double RelativeError => _valueSquared == 0 ? 0 : Math.Sqrt(_errorSquared / _valueSquared);

    /// <summary>Largest distance of a stored weight from the given one.</summary>
    public double LargestError { get; private set; }

    public double Energy => _valueSquared;

    public static RowEncoder Create(int bits) => bits switch
    {
        4 or 8 => new BlockQuantizer(bits),
        16 => new HalfEncoder(),
        32 => new FloatEncoder(),
        _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "expected 4, 8, 16 or 32"),
    };

    public abstract int RowBytes(int columns);

    /// <summary>Scales of one row; 0 where the format has none.</summary>
    public virtual int RowScales(int columns) => 0;

    /// <summary>Encodes one row.</summary>
    public abstract void Row(ReadOnlySpan<float> row, Span<byte> bytes, Span<float> scales);

    protected void Count(float given, double stored)
    {
        var error = given - stored;
        _errorSquared += error * error;
        _valueSquared += (double)given * given;
        LargestError = Math.Max(LargestError, Math.Abs(error));
    }

    private sealed class FloatEncoder : RowEncoder
    {
        public override int RowBytes(int columns) => 4 * columns;

        public override void Row(ReadOnlySpan<float> row, Span<byte> bytes, Span<float> scales)
        {
            MemoryMarshal.AsBytes(row).CopyTo(bytes);
            foreach (var value in row)
            {
                Count(value, value);
            }
        }
    }

    private sealed class HalfEncoder : RowEncoder
    {
        public override int RowBytes(int columns) => 2 * columns;

        public override void Row(ReadOnlySpan<float> row, Span<byte> bytes, Span<float> scales)
        {
            var halves = MemoryMarshal.Cast<byte, Half>(bytes);
            for (var i = 0; i < row.Length; i++)
            {
                halves[i] = (Half)row[i];
                Count(row[i], (double)halves[i]);
            }
        }
    }
}
