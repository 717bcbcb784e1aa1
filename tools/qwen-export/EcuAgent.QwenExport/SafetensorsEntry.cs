namespace EcuAgent.QwenExport;

/// <summary>Where one tensor lies: its file, element type, shape and byte range.</summary>
internal sealed record SafetensorsEntry(string File, string DataType, long[] Shape, long Offset, long ByteCount)
{
    public string ShapeText => $"[{string.Join(',', Shape)}]";
}
