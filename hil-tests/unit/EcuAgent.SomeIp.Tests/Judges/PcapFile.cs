using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>Writes packets as a pcap file of bare IPv4 (link type 101).</summary>
internal static class PcapFile
{
    private const int IpHeader = 20;

    internal static void Write(string path, IEnumerable<CapturedPacket> packets)
    {
        using var file = File.Create(path);
        Span<byte> head = stackalloc byte[24];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(head[20..], 101);
        file.Write(head);
        var sequence = new Dictionary<string, uint>();
        uint second = 0;
        foreach (var packet in packets)
        {
            var ip = Ip(packet, sequence);
            var record = new byte[16];
            BinaryPrimitives.WriteUInt32LittleEndian(record, ++second);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), ip.Length);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), ip.Length);
            file.Write(record);
            file.Write(ip);
        }
    }

    private static byte[] Ip(CapturedPacket packet, Dictionary<string, uint> sequence)
    {
        var tcp = packet.Kind == "tcp";
        var transport = tcp ? 20 : 8;
        var ip = new byte[IpHeader + transport + packet.Bytes.Length];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(2), (ushort)ip.Length);
        ip[8] = 64;
        ip[9] = (byte)(tcp ? 6 : 17);
        packet.Source.Address.TryWriteBytes(ip.AsSpan(12), out _);
        packet.Destination.Address.TryWriteBytes(ip.AsSpan(16), out _);
        var body = ip.AsSpan(IpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)packet.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)packet.Destination.Port);
        if (tcp)
        {
            var (way, back) = ($"{packet.Source}>{packet.Destination}", $"{packet.Destination}>{packet.Source}");
            var number = sequence.GetValueOrDefault(way, 1u);
            sequence[way] = number + (uint)packet.Bytes.Length;
            BinaryPrimitives.WriteUInt32BigEndian(body[4..], number);
            BinaryPrimitives.WriteUInt32BigEndian(body[8..], sequence.GetValueOrDefault(back, 1u));
            body[12] = 0x50;
            body[13] = 0x18;
            BinaryPrimitives.WriteUInt16BigEndian(body[14..], 0xFFFF);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[4..], (ushort)(8 + packet.Bytes.Length));
        }

        packet.Bytes.CopyTo(body[transport..]);
        return ip;
    }
}
