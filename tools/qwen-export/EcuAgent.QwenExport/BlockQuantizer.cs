namespace EcuAgent.QwenExport;

/// <summary>
/// Symmetric block quantization along rows as MatMulNBits and GatherBlockQuantized read it without zero points: value =
/// (q - 2^(bits-1)) x scale, one scale for 32 neighbours, 4-bit pairs packed low half first.
/// </summary>
internal sealed class BlockQuantizer(int bits)
{
    public const int BlockSize = 32;
    private double _errorSquared;
    private double _valueSquared;

    /// <summary>Root of squared error over squared value of everything quantized so far; 0 to 1, no unit.</summary>
    public double RelativeError => _valueSquared == 0 ? 0 : Math.Sqrt(_errorSquared / _valueSquared);

    public static int BlockCount(int rowLength) => (rowLength + BlockSize - 1) / BlockSize;

    public int BytesPerBlock => BlockSize * bits / 8;

    /// <summary>Quantizes one row; a last short block is filled up with zeros.</summary>
    public void Row(ReadOnlySpan<float> row, Span<byte> quantized, Span<float> scales)
    {
        for (var block = 0; block < scales.Length; block++)
        {
            var values = row.Slice(block * BlockSize, Math.Min(BlockSize, row.Length - (block * BlockSize)));
            scales[block] = Block(values, quantized.Slice(block * BytesPerBlock, BytesPerBlock));
        }
    }

    private float Block(ReadOnlySpan<float> values, Span<byte> quantized)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        }

        // With 4 bits the range -8..7 is lopsided: the largest magnitude, whatever its sign, takes the -8. With 8 bits the gain is nil.
        var scale = bits == 4 ? largest / -8f : Math.Abs(largest) / 127f;
        var zero = 1 << (bits - 1);
        var top = (1 << bits) - 1;
        quantized.Clear();
        for (var i = 0; i < BlockSize; i++)
        {
            var value = i < values.Length ? values[i] : 0f;
            var q = scale == 0 ? zero : Math.Clamp((int)MathF.Round(value / scale) + zero, 0, top);
            var error = value - ((q - zero) * (double)scale);
            _errorSquared += error * error;
            _valueSquared += (double)value * value;
            if (bits == 8)
            {
                quantized[i] = (byte)q;
            }
            else
            {
                quantized[i / 2] |= (byte)((i & 1) == 0 ? q : q << 4);
            }
        }

        return scale;
    }
}
