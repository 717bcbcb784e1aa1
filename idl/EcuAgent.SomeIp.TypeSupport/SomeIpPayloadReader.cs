using System.Buffers.Binary;
using System.Text.Unicode;

namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>Reads members one after the other. After a fault every further member is zero. Used by generated code.</summary>
/// <param name="payload">The payload.</param>
public ref struct SomeIpPayloadReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _position;
    private int _end = payload.Length;
    private int _openArrays;

    /// <summary>The first thing that is wrong.</summary>
    public SomeIpPayloadFault Fault { get; private set; }

    /// <summary>One byte: 0 or 1.</summary>
    public void Read(out bool value)
    {
        Read(out byte number);
        if (number > 1)
        {
            Fail(SomeIpPayloadFault.BooleanValue);
        }

        value = number == 1;
    }

    /// <summary>One byte.</summary>
    public void Read(out byte value) => value = Take(1, out var bytes) ? bytes[0] : default;

    /// <summary>One byte.</summary>
    public void Read(out sbyte value)
    {
        Read(out byte bits);
        value = unchecked((sbyte)bits);
    }

    /// <summary>Two bytes, big-endian.</summary>
    public void Read(out short value)
    {
        Read(out ushort bits);
        value = unchecked((short)bits);
    }

    /// <summary>Two bytes, big-endian.</summary>
    public void Read(out ushort value) => value = Take(2, out var bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;

    /// <summary>Four bytes, big-endian.</summary>
    public void Read(out int value)
    {
        Read(out uint bits);
        value = unchecked((int)bits);
    }

    /// <summary>Four bytes, big-endian.</summary>
    public void Read(out uint value) => value = Take(4, out var bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : default;

    /// <summary>Eight bytes, big-endian.</summary>
    public void Read(out long value)
    {
        Read(out ulong bits);
        value = unchecked((long)bits);
    }

    /// <summary>Eight bytes, big-endian.</summary>
    public void Read(out ulong value) => value = Take(8, out var bytes) ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : default;

    /// <summary>IEEE 754 binary32, big-endian.</summary>
    public void Read(out float value)
    {
        Read(out uint bits);
        value = BitConverter.UInt32BitsToSingle(bits);
    }

    /// <summary>IEEE 754 binary64, big-endian.</summary>
    public void Read(out double value)
    {
        Read(out ulong bits);
        value = BitConverter.UInt64BitsToDouble(bits);
    }

    /// <summary>An enum as uint32; refused above its last number.</summary>
    public int ReadEnum(uint maximum)
    {
        Read(out uint value);
        if (value > maximum)
        {
            Fail(SomeIpPayloadFault.EnumValue);
            return 0;
        }

        return (int)value;
    }

    /// <summary>Length field, byte order mark, text, zero bytes.</summary>
    /// <param name="storage">The N + 1 bytes of a bounded string, zeroed before.</param>
    /// <param name="lengthBytes">Width of the length field: 1, 2 or 4 bytes.</param>
    public void ReadString(scoped Span<byte> storage, int lengthBytes)
    {
        var length = ReadLength(lengthBytes, SomeIpString.Overhead + storage.Length - 1);
        if (!Take(length, out var bytes))
        {
            return;
        }

        var mark = SomeIpString.Mark;
        if (!bytes.StartsWith(mark))
        {
            Fail(SomeIpPayloadFault.StringMark);
            return;
        }

        bytes = bytes[mark.Length..];
        var textBytes = bytes.IndexOf((byte)0);
        if (textBytes < 0 || bytes[^1] != 0)
        {
            Fail(textBytes < 0 ? SomeIpPayloadFault.StringNotTerminated : SomeIpPayloadFault.StringZeroInside);
            return;
        }

        if (bytes[textBytes..].ContainsAnyExcept((byte)0))
        {
            Fail(SomeIpPayloadFault.StringZeroInside);
            return;
        }

        if (!Utf8.IsValid(bytes[..textBytes]))
        {
            Fail(SomeIpPayloadFault.StringUtf8);
            return;
        }

        bytes[..textBytes].CopyTo(storage);
    }

    /// <summary>Reads the length field of an array; until <see cref="EndArray"/> nothing behind the array is read.</summary>
    /// <param name="lengthBytes">1, 2 or 4.</param>
    /// <param name="maximumBytes">The longest array of the type.</param>
    /// <returns>What <see cref="EndArray"/> wants.</returns>
    public int BeginArray(int lengthBytes, int maximumBytes)
    {
        var outerEnd = _end;
        var length = ReadLength(lengthBytes, maximumBytes);
        if (length > _end - _position)
        {
            FailShort();
        }

        if (Fault == SomeIpPayloadFault.None)
        {
            _end = _position + length;
            _openArrays++;
        }

        return outerEnd;
    }

    /// <summary>The array must end where its length field says.</summary>
    public void EndArray(int outerEnd)
    {
        if (Fault != SomeIpPayloadFault.None)
        {
            return;
        }

        if (_position != _end)
        {
            Fail(SomeIpPayloadFault.ArrayLength);
        }

        _end = outerEnd;
        _openArrays--;
    }

    private int ReadLength(int lengthBytes, int maximumBytes)
    {
        uint length = 0;
        if (Take(lengthBytes, out var bytes))
        {
            length = lengthBytes switch
            {
                1 => bytes[0],
                2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
                _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            };
        }

        if (length > (uint)maximumBytes)
        {
            Fail(SomeIpPayloadFault.LengthTooLarge);
            return 0;
        }

        return (int)length;
    }

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if (count > _end - _position)
        {
            FailShort();
        }

        if (Fault != SomeIpPayloadFault.None)
        {
            bytes = default;
            return false;
        }

        bytes = _payload.Slice(_position, count);
        _position += count;
        return true;
    }

    private void FailShort() => Fail(_openArrays > 0 ? SomeIpPayloadFault.ArrayLength : SomeIpPayloadFault.TooShort);

    private void Fail(SomeIpPayloadFault fault)
    {
        if (Fault == SomeIpPayloadFault.None)
        {
            Fault = fault;
        }
    }
}
