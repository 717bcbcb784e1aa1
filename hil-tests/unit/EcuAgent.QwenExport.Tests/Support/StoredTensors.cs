using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>Reads the initializers of an ONNX file back, and what a runtime makes of quantized ones; field numbers from onnx.proto.</summary>
internal sealed class StoredTensors
{
    private readonly Dictionary<string, (int Type, long[] Shape, byte[] Data, long Offset)> _tensors = [];

    public StoredTensors(string package)
    {
        var model = new CodedInputStream(File.ReadAllBytes(Path.Combine(package, "model.onnx")));
        var graph = Fields(model).Single(static f => f.Field == 7).Bytes!;
        foreach (var (field, _, bytes) in Fields(new CodedInputStream(graph)))
        {
            if (field == 5)
            {
                ReadTensor(package, bytes!);
            }
        }
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public int TypeOf(string name) => _tensors[name].Type;

    public long[] ShapeOf(string name) => _tensors[name].Shape;

    /// <summary>Place of external data, -1 for data inside the model file.</summary>
    public long OffsetOf(string name) => _tensors[name].Offset;

    /// <summary>The matrix [rows, columns] as the runtime computes with it.</summary>
    public double[] Matrix(string name, int rows, int columns)
    {
        var (type, shape, data, _) = _tensors[name];
        const int Float = 1;
        const int Half = 10;
        if (type == Float)
        {
            return [.. MemoryMarshal.Cast<byte, float>(data).ToArray().Select(static v => (double)v)];
        }

        if (type == Half)
        {
            return [.. MemoryMarshal.Cast<byte, System.Half>(data).ToArray().Select(static v => (double)v)];
        }

        var bits = (int)(shape[2] * 8 / 32);
        var scales = MemoryMarshal.Cast<byte, float>(_tensors[name + ".scales"].Data);
        var result = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (block, inside) = (column / 32, column % 32);
                var start = ((row * (int)shape[1]) + block) * (int)shape[2];
                var q = bits == 8 ? data[start + inside] : (data[start + (inside / 2)] >> (4 * (inside % 2))) & 15;
                result[(row * columns) + column] = (q - (1 << (bits - 1))) * (double)scales[(row * (int)shape[1]) + block];
            }
        }

        return result;
    }

    private static List<(int Field, long Number, byte[]? Bytes)> Fields(CodedInputStream stream)
    {
        var fields = new List<(int, long, byte[]?)>();
        while (stream.ReadTag() is not 0 and var tag)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    fields.Add((field, stream.ReadInt64(), null));
                    break;
                case WireFormat.WireType.LengthDelimited:
                    fields.Add((field, 0, stream.ReadBytes().ToByteArray()));
                    break;
                default:
                    stream.SkipLastField();
                    break;
            }
        }

        return fields;
    }

    private void ReadTensor(string package, byte[] bytes)
    {
        var fields = Fields(new CodedInputStream(bytes));
        var name = Encoding.UTF8.GetString(fields.Single(static f => f.Field == 8).Bytes!);
        long[] shape = [.. fields.Where(static f => f.Field == 1).Select(static f => f.Number)];
        var type = (int)fields.Single(static f => f.Field == 2).Number;
        var external = fields.Where(static f => f.Field == 13).Select(static f => Fields(new CodedInputStream(f.Bytes!)))
            .ToDictionary(static e => Encoding.UTF8.GetString(e[0].Bytes!), static e => Encoding.UTF8.GetString(e[1].Bytes!));
        if (external.Count == 0)
        {
            _tensors.Add(name, (type, shape, fields.Single(static f => f.Field == 9).Bytes!, -1));
            return;
        }

        using var file = File.OpenRead(Path.Combine(package, external["location"]));
        file.Position = long.Parse(external["offset"], System.Globalization.CultureInfo.InvariantCulture);
        var data = new byte[long.Parse(external["length"], System.Globalization.CultureInfo.InvariantCulture)];
        file.ReadExactly(data);
        _tensors.Add(name, (type, shape, data, file.Position - data.Length));
    }
}
