using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcuAgent.Drives;

/// <summary>Reads version 1 NumPy files of little-endian float64, int64 or raw 8-byte elements.</summary>
internal sealed partial class NpyArray
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private readonly byte[] _bytes;
    private readonly int _start;

    private NpyArray(byte[] bytes, int start, string dtype, int rows, int columns)
    {
        _bytes = bytes;
        _start = start;
        Dtype = dtype;
        Rows = rows;
        Columns = columns;
    }

    public string Dtype { get; }

    public int Rows { get; }

    public int Columns { get; }

    public static NpyArray Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 10 || !bytes.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw new DriveFormatException(path, "header", "is not a NumPy array");
        }

        var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        if (bytes[6] != 1 || 10 + headerLength > bytes.Length)
        {
            throw new DriveFormatException(path, "header", $"version {bytes[6]} with {headerLength} header bytes is not supported");
        }

        var header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        var match = HeaderPattern().Match(header);
        if (!match.Success || match.Groups["order"].Value == "True")
        {
            throw new DriveFormatException(path, "header", $"cannot read '{header.Trim()}'");
        }

        var dtype = match.Groups["dtype"].Value;
        if (dtype is not ("<f8" or "<i8" or "|S8" or "|V8"))
        {
            throw new DriveFormatException(path, "header", $"element type '{dtype}' is not supported");
        }

        var shape = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var rows = shape.Length > 0 ? shape[0] : 1;
        var columns = shape.Length > 1 ? shape[1] : 1;
        if (bytes.Length - 10 - headerLength != (long)rows * columns * 8)
        {
            throw new DriveFormatException(path, "data", $"expected {rows} x {columns} elements, found {bytes.Length - 10 - headerLength} bytes");
        }

        return new NpyArray(bytes, 10 + headerLength, dtype, rows, columns);
    }

    public double Float64(int row, int column = 0) => BinaryPrimitives.ReadDoubleLittleEndian(Element(row, column));

    public long Int64(int row) => BinaryPrimitives.ReadInt64LittleEndian(Element(row, 0));

    public ReadOnlySpan<byte> Element(int row, int column) => _bytes.AsSpan(_start + (((row * Columns) + column) * 8), 8);

    [GeneratedRegex(@"'descr':\s*'(?<dtype>[^']+)'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex HeaderPattern();
}
