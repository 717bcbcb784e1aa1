namespace EcuAgent.QwenExport.Onnx;

/// <summary>
/// Data of initializers, streamed to one file so that no weight stays in memory. The file either stays beside the model (external
/// data) or is copied into it when the model is saved.
/// </summary>
internal sealed class TensorStore(string path, bool isExternal) : IDisposable
{
    // ONNX Runtime maps external data into memory by pages.
    private const int Alignment = 4096;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    private readonly Dictionary<string, StoredTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Whether the file stays beside the model; only then can two initializers share one block of data.</summary>
    public bool IsExternal => isExternal;

    public string FileName => Path.GetFileName(path);

    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Stores a tensor whose little-endian bytes <paramref name="write"/> produces.</summary>
    public void Add(string name, OnnxType type, long[] shape, long byteCount, Action<Stream> write)
    {
        _file.Position = _file.Length;
        if (isExternal && _file.Position % Alignment is var rest && rest != 0)
        {
            _file.Position += Alignment - rest;
        }

        var offset = _file.Position;
        write(_file);
        if (_file.Position - offset != byteCount)
        {
            throw new InvalidOperationException($"initializer '{name}': {_file.Position - offset} bytes written, expected {byteCount}");
        }

        _tensors.Add(name, new StoredTensor(type, shape, offset, byteCount));
    }

    /// <summary>Adds a tensor of another shape over the data of an earlier one; only where <see cref="IsExternal"/>.</summary>
    public void Alias(string name, OnnxType type, long[] shape, string original) =>
        _tensors.Add(name, new StoredTensor(type, shape, _tensors[original].Offset, _tensors[original].ByteCount));

    public void CopyTo(StoredTensor tensor, Stream target)
    {
        Span<byte> buffer = stackalloc byte[8192];
        _file.Position = tensor.Offset;
        for (var left = tensor.ByteCount; left > 0;)
        {
            var part = buffer[..(int)Math.Min(left, buffer.Length)];
            _file.ReadExactly(part);
            target.Write(part);
            left -= part.Length;
        }
    }

    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose()
    {
        _file.Dispose();
        if (!isExternal)
        {
            File.Delete(path);
        }
    }
}
