using System.Buffers.Binary;
using System.Text.Unicode;

namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>Writes members one after the other. After a fault it writes nothing more. Used by generated code.</summary>
/// <param name="destination">Where the payload starts.</param>
public ref struct SomeIpPayloadWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _position;

    /// <summary>The first thing that went wrong.</summary>
    public SomeIpPayloadFault Fault { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public readonly int WrittenBytes => _position;

    /// <summary>One byte: 0 or 1.</summary>
    public void Write(bool value) => Write((byte)(value ? 1 : 0));

    /// <summary>One byte.</summary>
    public void Write(byte value)
    {
        if (Take(1, out var bytes))
        {
            bytes[0] = value;
        }
    }

    /// <summary>One byte.</summary>
    public void Write(sbyte value) => Write(unchecked((byte)value));

    /// <summary>Two bytes, big-endian.</summary>
    public void Write(short value) => Write(unchecked((ushort)value));

    /// <summary>Two bytes, big-endian.</summary>
    public void Write(ushort value)
    {
        if (Take(2, out var bytes))
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
    }

    /// <summary>Four bytes, big-endian.</summary>
    public void Write(int value) => Write(unchecked((uint)value));

    /// <summary>Four bytes, big-endian.</summary>
    public void Write(uint value)
    {
        if (Take(4, out var bytes))
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
    }

    /// <summary>Eight bytes, big-endian.</summary>
    public void Write(long value) => Write(unchecked((ulong)value));

    /// <summary>Eight bytes, big-endian.</summary>
    public void Write(ulong value)
    {
        if (Take(8, out var bytes))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        }
    }

    /// <summary>IEEE 754 binary32, big-endian.</summary>
    public void Write(float value) => Write(BitConverter.SingleToUInt32Bits(value));

    /// <summary>IEEE 754 binary64, big-endian.</summary>
    public void Write(double value) => Write(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>An enum as uint32; refused above its last number.</summary>
    public void WriteEnum(int value, uint maximum)
    {
        if (unchecked((uint)value) > maximum)
        {
            Fail(SomeIpPayloadFault.EnumValue);
            return;
        }

        Write(value);
    }

    /// <summary>Length field, byte order mark, text, zero byte.</summary>
    /// <param name="storage">The N + 1 bytes of a bounded string.</param>
    /// <param name="lengthBytes">Width of the length field: 1, 2 or 4 bytes.</param>
    public void WriteString(scoped ReadOnlySpan<byte> storage, int lengthBytes)
    {
        var textBytes = storage.IndexOf((byte)0);
        if (textBytes < 0)
        {
            Fail(SomeIpPayloadFault.StringNotTerminated);
            return;
        }

        if (!Utf8.IsValid(storage[..textBytes]))
        {
            Fail(SomeIpPayloadFault.StringUtf8);
            return;
        }

        var start = BeginLength(lengthBytes);
        if (Take(SomeIpString.Overhead + textBytes, out var bytes))
        {
            SomeIpString.Mark.CopyTo(bytes);
            storage[..(textBytes + 1)].CopyTo(bytes[SomeIpString.Mark.Length..]);
        }

        EndLength(start, lengthBytes);
    }

    /// <summary>Leaves room for a length field.</summary>
    /// <param name="lengthBytes">1, 2 or 4.</param>
    /// <returns>What <see cref="EndLength"/> wants.</returns>
    public int BeginLength(int lengthBytes)
    {
        Take(lengthBytes, out _);
        return _position;
    }

    /// <summary>Fills in how many bytes came since <see cref="BeginLength"/>; the generator has checked that the field can say it.</summary>
    public readonly void EndLength(int start, int lengthBytes)
    {
        if (Fault != SomeIpPayloadFault.None)
        {
            return;
        }

        var bytes = _destination[(start - lengthBytes)..];
        var length = _position - start;
        switch (lengthBytes)
        {
            case 1:
                bytes[0] = checked((byte)length);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)length));
                break;
            default:
                BinaryPrimitives.WriteInt32BigEndian(bytes, length);
                break;
        }
    }

    private bool Take(int count, out Span<byte> bytes)
    {
        if (count > _destination.Length - _position)
        {
            Fail(SomeIpPayloadFault.TooShort);
        }

        if (Fault != SomeIpPayloadFault.None)
        {
            bytes = default;
            return false;
        }

        bytes = _destination.Slice(_position, count);
        _position += count;
        return true;
    }

    private void Fail(SomeIpPayloadFault fault)
    {
        if (Fault == SomeIpPayloadFault.None)
        {
            Fault = fault;
        }
    }
}
