using Google.Protobuf;

namespace EcuAgent.QwenExport.Onnx;

/// <summary>One protobuf message under construction; field numbers are those of onnx.proto (ONNX 1.16, IR version 10).</summary>
internal sealed class OnnxMessage : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly CodedOutputStream _output;

    public OnnxMessage() => _output = new CodedOutputStream(_stream, leaveOpen: true);

    public OnnxMessage Int(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    public OnnxMessage Float(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    public OnnxMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public OnnxMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    /// <summary>Adds a finished message as a field and disposes it.</summary>
    public OnnxMessage Child(int field, OnnxMessage child)
    {
        Bytes(field, child.ToArray());
        child.Dispose();
        return this;
    }

    /// <summary>Starts a length-delimited field whose <paramref name="byteCount"/> bytes the caller then writes to <see cref="Stream"/>.</summary>
    public OnnxMessage BeginBytes(int field, long byteCount)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteUInt64((ulong)byteCount);
        _output.Flush();
        return this;
    }

    /// <summary>Bytes that a length-delimited field of <paramref name="byteCount"/> bytes takes with its head.</summary>
    public static long FieldLength(int field, long byteCount) =>
        CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeUInt64Size((ulong)byteCount) + byteCount;

    /// <summary>The raw bytes written so far; writing to it appends.</summary>
    public MemoryStream Stream
    {
        get
        {
            _output.Flush();
            return _stream;
        }
    }

    public byte[] ToArray() => Stream.ToArray();

    public void Dispose()
    {
        _output.Dispose();
        _stream.Dispose();
    }
}
