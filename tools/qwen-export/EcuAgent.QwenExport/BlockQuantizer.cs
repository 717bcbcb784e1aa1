namespace EcuAgent.QwenExport;

/// <summary>
/// Symmetric block quantization along rows as MatMulNBits and GatherBlockQuantized read it without zero points: value =
/// (q - 2^(bits-1)) x scale, one scale for 32 neighbours, 4-bit pairs packed low half first.
/// </summary>
internal sealed class BlockQuantizer(int bits) : RowEncoder
{
    public const int BlockSize = 32;

    public static int BlockCount(int rowLength) => (rowLength + BlockSize - 1) / BlockSize;

    public int BytesPerBlock => BlockSize * bits / 8;

    public override int RowBytes(int columns) => BlockCount(columns) * BytesPerBlock;

    public override int RowScales(int columns) => BlockCount(columns);

    /// <summary>Quantizes one row; a last short block is filled up with zeros.</summary>
    public override void Row(ReadOnlySpan<float> row, Span<byte> bytes, Span<float> scales)
    {
        for (var block = 0; block < scales.Length; block++)
        {
            var values = row.Slice(block * BlockSize, Math.Min(BlockSize, row.Length - (block * BlockSize)));
            scales[block] = Block(values, bytes.Slice(block * BytesPerBlock, BytesPerBlock));
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
            Count(value, (q - zero) * (double)scale);
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
