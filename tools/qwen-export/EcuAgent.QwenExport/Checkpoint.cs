using System.Buffers.Binary;
using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>
/// Tensors of a Hugging Face folder: model.safetensors, or the shards that model.safetensors.index.json names. Reads rows on
/// demand, so memory does not grow with the checkpoint.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    private const long MaxHeaderBytes = 100_000_000;
    private readonly Dictionary<string, SafetensorsEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStream> _streams = new(StringComparer.Ordinal);
    private byte[] _raw = [];

    public Checkpoint(string directory)
    {
        var single = Path.Combine(directory, "model.safetensors");
        var index = Path.Combine(directory, "model.safetensors.index.json");
        if (File.Exists(single))
        {
            ReadHeader(single);
        }
        else if (File.Exists(index))
        {
            var places = ReadIndex(index);
            foreach (var shard in places.Values.Distinct().Order(StringComparer.Ordinal))
            {
                ReadHeader(Path.Combine(directory, shard));
            }

            RequirePlaces(index, directory, places);
        }
        else
        {
            throw new ExportException($"{directory}: neither model.safetensors nor model.safetensors.index.json exists");
        }
    }

    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors => _tensors;

    /// <summary>Bytes of the largest tensor as stored; the measure for how much memory an export may take.</summary>
    public long LargestTensorBytes => _tensors.Values.Max(static t => t.ByteCount);

    /// <summary>The tensor's place, after its shape has been compared.</summary>
    public SafetensorsEntry Require(string name, params long[] shape)
    {
        if (!_tensors.TryGetValue(name, out var entry))
        {
            throw new ExportException($"{string.Join(", ", _streams.Keys)}: tensor '{name}' is missing, expected shape [{string.Join(',', shape)}]");
        }

        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new ExportException($"{entry.File}: tensor '{name}' has shape {entry.ShapeText}, expected [{string.Join(',', shape)}]");
        }

        return Width(entry.DataType) > 0
            ? entry
            : throw new ExportException($"{entry.File}: tensor '{name}' {entry.ShapeText} has dtype {entry.DataType}, expected F32, F16, BF16 or F64");
    }

    /// <summary>Reads elements [first, first + destination.Length) as float.</summary>
    public void Read(string name, SafetensorsEntry entry, long first, Span<float> destination)
    {
        var width = Width(entry.DataType);
        var bytes = destination.Length * width;
        if (_raw.Length < bytes)
        {
            _raw = new byte[bytes];
        }

        var raw = _raw.AsSpan(0, bytes);
        var stream = _streams[entry.File];
        stream.Position = entry.Offset + (first * width);
        stream.ReadExactly(raw);
        Convert(entry.DataType, raw, destination);
        var bad = destination.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new ExportException($"{entry.File}: tensor '{name}' holds {destination[bad]} at element {first + bad}, expected finite numbers");
        }
    }

    public void Dispose()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Dispose();
        }
    }

    // Bytes of one element, 0 for types that are not weights.
    private static int Width(string dataType) => dataType switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };

    private static void Convert(string dataType, ReadOnlySpan<byte> raw, Span<float> destination)
    {
        switch (dataType)
        {
            case "F32":
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(4 * i)..]);
                }

                break;
            case "F64":
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * i)..]);
                }

                break;
            case "F16":
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]);
                }

                break;
            default:
                // bfloat16 is the upper half of a float.
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]) << 16);
                }

                break;
        }
    }

    private static Dictionary<string, string> ReadIndex(string path)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var item in document.RootElement.GetProperty("weight_map").EnumerateObject())
            {
                var shard = item.Value.GetString() ?? "";
                if (shard.Length == 0 || shard != Path.GetFileName(shard))
                {
                    throw new ExportException($"{path}: tensor '{item.Name}' is said to be in '{shard}', expected a file name");
                }

                if (!places.TryAdd(item.Name, shard))
                {
                    throw new ExportException($"{path}: tensor '{item.Name}' occurs twice in weight_map");
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ExportException($"{path}: no readable weight_map: {e.Message}", e);
        }

        return places.Count > 0 ? places : throw new ExportException($"{path}: weight_map is empty");
    }

    private void RequirePlaces(string index, string directory, Dictionary<string, string> places)
    {
        foreach (var (name, shard) in places)
        {
            var expected = Path.Combine(directory, shard);
            if (!_tensors.TryGetValue(name, out var entry) || entry.File != expected)
            {
                throw new ExportException($"{expected}: tensor '{name}' is missing, but {index} says that it is there");
            }
        }
    }

    private void ReadHeader(string path)
    {
        if (!File.Exists(path))
        {
            throw new ExportException($"{path}: the file does not exist, but the index names it");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        _streams.Add(path, stream);
        Span<byte> lengthBytes = stackalloc byte[8];
        if (stream.ReadAtLeast(lengthBytes, 8, throwOnEndOfStream: false) < 8)
        {
            throw new ExportException($"{path}: {stream.Length} bytes, too short for a safetensors file");
        }

        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (headerLength < 2 || headerLength > Math.Min(MaxHeaderBytes, stream.Length - 8))
        {
            throw new ExportException($"{path}: header length {headerLength}, expected 2 to {Math.Min(MaxHeaderBytes, stream.Length - 8)}");
        }

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        try
        {
            using var document = JsonDocument.Parse(header);
            foreach (var item in document.RootElement.EnumerateObject())
            {
                if (item.Name != "__metadata__")
                {
                    Add(path, item.Name, item.Value, 8 + headerLength, stream.Length);
                }
            }

            RequireNoOverlap(path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new ExportException($"{path}: the safetensors header is damaged: {e.Message}", e);
        }
    }

    private void Add(string path, string name, JsonElement value, long dataStart, long fileLength)
    {
        var type = value.GetProperty("dtype").GetString()!;
        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(static d => d.GetInt64())];
        var begin = value.GetProperty("data_offsets")[0].GetInt64();
        var end = value.GetProperty("data_offsets")[1].GetInt64();
        // Elements of types that are no weights are not ours to judge: only their place is checked, and that nothing needs them.
        var expected = Width(type) is > 0 and var width ? ByteCount(path, name, shape, width) : end - begin;
        if (begin < 0 || end < begin || end - begin != expected)
        {
            throw new ExportException($"{path}: tensor '{name}' {type} [{string.Join(',', shape)}] covers bytes {begin} to {end}, expected {expected} bytes");
        }

        if (dataStart + end > fileLength)
        {
            throw new ExportException($"{path}: tensor '{name}' ends at byte {dataStart + end}, but the file has {fileLength}: truncated");
        }

        if (!_tensors.TryAdd(name, new SafetensorsEntry(path, type, shape, dataStart + begin, end - begin)))
        {
            throw new ExportException($"{path}: tensor '{name}' occurs twice");
        }
    }

    private static long ByteCount(string path, string name, long[] shape, int width)
    {
        // A product of dimensions can overflow anything; 2^50 bytes are no checkpoint.
        const long Limit = 1L << 50;
        long bytes = width;
        foreach (var dimension in shape)
        {
            if (dimension < 0 || (dimension > 0 && bytes > Limit / dimension))
            {
                throw new ExportException($"{path}: tensor '{name}' has shape [{string.Join(',', shape)}], which cannot be");
            }

            bytes *= dimension;
        }

        return bytes;
    }

    private void RequireNoOverlap(string path)
    {
        var (end, before) = (0L, "");
        foreach (var (name, entry) in _tensors.Where(t => t.Value.File == path).OrderBy(static t => t.Value.Offset).ThenBy(static t => t.Value.ByteCount))
        {
            if (entry.ByteCount > 0 && entry.Offset < end)
            {
                throw new ExportException($"{path}: tensor '{name}' {entry.ShapeText} begins at byte {entry.Offset}, inside tensor '{before}', which ends at {end}");
            }

            (end, before) = (entry.Offset + entry.ByteCount, name);
        }
    }
}
