namespace EcuAgent.QwenExport;

/// <summary>A matrix of the checkpoint, row by row, with rows or columns moved apart where heads are filled up with zeros.</summary>
internal sealed class MatrixSource(
    Checkpoint checkpoint, string name, SafetensorsEntry entry, int[]? rowMap, int[]? columnMap, int mappedSize, int elementsAtATime)
{
    private readonly int _givenRows = (int)entry.Shape[0];
    private readonly int _givenColumns = (int)entry.Shape[1];

    public delegate void RowHandler(ReadOnlySpan<float> row);

    public string Name => name;

    public SafetensorsEntry Entry => entry;

    public bool IsMapped => rowMap is not null || columnMap is not null;

    /// <summary>Rows that <see cref="EachRow"/> gives.</summary>
    public int Rows => rowMap is null ? _givenRows : mappedSize;

    /// <summary>Elements of each.</summary>
    public int Columns => columnMap is null ? _givenColumns : mappedSize;

    public void EachRow(RowHandler handle)
    {
        var atATime = Math.Max(1, elementsAtATime / _givenColumns);
        var buffer = new float[Math.Min(_givenRows, atATime) * _givenColumns];
        var wide = columnMap is null ? null : new float[mappedSize];
        var zeros = rowMap is null ? null : new float[Columns];
        var next = 0;
        for (var first = 0; first < _givenRows; first += atATime)
        {
            var part = buffer.AsSpan(0, Math.Min(atATime, _givenRows - first) * _givenColumns);
            checkpoint.Read(name, entry, (long)first * _givenColumns, part);
            for (var r = 0; r < part.Length / _givenColumns; r++)
            {
                var target = rowMap?[first + r] ?? first + r;
                for (; next < target; next++)
                {
                    handle(zeros);
                }

                handle(Spread(part.Slice(r * _givenColumns, _givenColumns), wide));
                next++;
            }
        }

        for (; next < Rows; next++)
        {
            handle(zeros);
        }
    }

    private ReadOnlySpan<float> Spread(ReadOnlySpan<float> row, float[]? wide)
    {
        if (wide is null)
        {
            return row;
        }

        for (var i = 0; i < row.Length; i++)
        {
            wide[columnMap![i]] = row[i];
        }

        return wide;
    }
}
