using System.Runtime.InteropServices;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>
/// Moves tensors from the checkpoint into the tensor store, a few rows at a time, and reports what was lost. Asking again for a
/// tensor gives the one already there.
/// </summary>
internal sealed class WeightStore(Checkpoint checkpoint, TensorStore store, BitPlan plan)
{
    // About 2 MB of floats at a time, whatever the tensor's size.
    private const int ElementsAtATime = 1 << 19;
    private const double LargestHalf = 65504;

    private readonly Dictionary<string, StoredWeight> _weights = new(StringComparer.Ordinal);
    private readonly List<TensorReport> _reports = [];

    public IReadOnlyList<TensorReport> Reports => _reports;

    /// <summary>Whether two tensors can share one block of data.</summary>
    public bool CanAlias => store.IsExternal;

    /// <summary>Stores vector <paramref name="name"/> (norm or bias) as floats and returns its name.</summary>
    /// <param name="name">Name in the checkpoint.</param>
    /// <param name="length">Elements expected there.</param>
    /// <param name="map">Where element i goes; null: nothing moves.</param>
    /// <param name="mappedLength">Elements stored when there is a map; those without a source are zero.</param>
    /// <param name="factor">Multiplies every element.</param>
    public string Vector(string name, int length, int[]? map = null, int mappedLength = 0, double factor = 1)
    {
        if (store.Tensors.ContainsKey(name))
        {
            return name;
        }

        var entry = checkpoint.Require(name, length);
        var given = new float[length];
        checkpoint.Read(name, entry, 0, given);
        var values = map is null ? given : new float[mappedLength];
        for (var i = 0; i < length; i++)
        {
            values[map?[i] ?? i] = (float)(given[i] * factor);
        }

        Floats(name, [values.Length], values);
        _reports.Add(new TensorReport(name, [length], entry.DataType, 32, 4L * values.Length, 0, 0) { Note = map is null ? null : PaddingNote });
        return name;
    }

    /// <summary>Stores matrix <paramref name="name"/> [rows, columns] with the bits that the plan gives it.</summary>
    /// <param name="name">Name in the checkpoint.</param>
    /// <param name="rows">Rows expected there.</param>
    /// <param name="columns">Columns expected there.</param>
    /// <param name="rowMap">Where row i goes, all others are zero; null: nothing moves.</param>
    /// <param name="columnMap">The same for columns.</param>
    /// <param name="mappedSize">Rows or columns stored when there is a map.</param>
    public StoredWeight Matrix(string name, int rows, int columns, int[]? rowMap = null, int[]? columnMap = null, int mappedSize = 0)
    {
        if (_weights.TryGetValue(name, out var known))
        {
            return known;
        }

        var source = new MatrixSource(checkpoint, name, checkpoint.Require(name, rows, columns), rowMap, columnMap, mappedSize, ElementsAtATime);
        var candidates = plan.Candidates(name);
        for (var i = 0; i + 1 < candidates.Count; i++)
        {
            if (Fits(source, candidates[i]))
            {
                return Store(source, candidates[i]);
            }
        }

        return Store(source, candidates[^1]);
    }

    /// <summary>A second initializer over the same data as rows of bytes, as GatherBlockQuantized reads them; only where <see cref="CanAlias"/>.</summary>
    public string ByteRows(StoredWeight weight)
    {
        var flat = weight.Name + ".flat";
        if (!store.Tensors.ContainsKey(flat))
        {
            store.Alias(flat, OnnxType.UInt8, [weight.Rows, BlockQuantizer.BlockCount(weight.Columns) * (long)BlockQuantizer.BlockSize * weight.Bits / 8], weight.Name);
        }

        return flat;
    }

    /// <summary>Stores a table of floats computed row by row.</summary>
    public string Table(string name, int rows, int columns, Action<int, Span<float>> row)
    {
        if (!store.Tensors.ContainsKey(name))
        {
            store.Add(name, OnnxType.Float, [rows, columns], 4L * rows * columns, stream =>
            {
                var values = new float[columns];
                for (var r = 0; r < rows; r++)
                {
                    row(r, values);
                    stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
                }
            });
        }

        return name;
    }

    private const string PaddingNote = "heads filled up with zeros to a multiple of 16";

    private void Floats(string name, long[] shape, float[] values) =>
        store.Add(name, OnnxType.Float, shape, 4L * values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    private bool Fits(MatrixSource source, int bits)
    {
        var encoder = RowEncoder.Create(bits);
        Encode(source, encoder, Stream.Null, new float[encoder.RowScales(source.Columns)], 0);
        return encoder.RelativeError <= plan.ErrorBound && (bits != 16 || encoder.LargestError < LargestHalf);
    }

    private StoredWeight Store(MatrixSource source, int bits)
    {
        var weight = new StoredWeight(source.Name, source.Rows, source.Columns, bits);
        var encoder = RowEncoder.Create(bits);
        var rowScales = encoder.RowScales(source.Columns);
        var scales = new float[(long)source.Rows * rowScales];
        var bytes = (long)source.Rows * encoder.RowBytes(source.Columns);
        var (type, shape) = bits switch
        {
            32 => (OnnxType.Float, new long[] { source.Rows, source.Columns }),
            16 => (OnnxType.Float16, [source.Rows, source.Columns]),
            _ => (OnnxType.UInt8, [source.Rows, rowScales, BlockQuantizer.BlockSize * bits / 8]),
        };
        store.Add(source.Name, type, shape, bytes, stream => Encode(source, encoder, stream, scales, rowScales));
        if (bits == 16 && !double.IsFinite(encoder.RelativeError))
        {
            throw new ExportException($"{source.Entry.File}: tensor '{source.Name}' holds numbers above {LargestHalf}, which 16 bits cannot; use --tensor '{source.Name}=32'");
        }

        if (rowScales > 0)
        {
            Floats(weight.Scales, [source.Rows, rowScales], scales);
        }

        string?[] notes =
        [
            source.IsMapped ? PaddingNote : null,
            rowScales > 0 && source.Columns % BlockQuantizer.BlockSize != 0 ? $"rows filled up from {source.Columns} to {rowScales * BlockQuantizer.BlockSize}" : null,
        ];
        var note = string.Join("; ", notes.OfType<string>());
        _reports.Add(new TensorReport(source.Name, source.Entry.Shape, source.Entry.DataType, bits, bytes + (4L * scales.Length), encoder.RelativeError, encoder.LargestError)
        {
            Energy = encoder.Energy,
            Note = note.Length > 0 ? note : null,
        });
        _weights.Add(source.Name, weight);
        return weight;
    }

    private static void Encode(MatrixSource source, RowEncoder encoder, Stream stream, float[] scales, int scaleStep)
    {
        var packed = new byte[encoder.RowBytes(source.Columns)];
        var perRow = encoder.RowScales(source.Columns);
        var row = 0;
        source.EachRow(values =>
        {
            encoder.Row(values, packed, scales.AsSpan(row * scaleStep, perRow));
            stream.Write(packed);
            row++;
        });
    }
}
