using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>A message in words, the same words that scapy_judge.py uses.</summary>
internal static class Description
{
    internal static string Of(ReadOnlySpan<byte> bytes)
    {
        var reader = new SomeIpDatagramReader(bytes);
        Assert.True(reader.TryRead(out var header, out var payload, out var fault), fault.ToString());
        var text = $"{header.ServiceId:x4} {header.MethodId:x4} {header.ClientId:x4} {header.SessionId:x4} " +
            $"{header.ProtocolVersion} {header.InterfaceVersion} {(byte)header.MessageType:x2} {(byte)header.ReturnCode:x2}";
        if (header is { ServiceId: SdMessage.ServiceId, MethodId: SdMessage.MethodId })
        {
            Assert.Equal(SomeIpFault.None, SdMessage.CheckHeader(header));
            Assert.Equal(SomeIpFault.None, SdMessage.TryRead(payload, out var sd));
            return $"{text} sd {(byte)sd!.Flags:x2} [{string.Join("; ", sd.Items.Select(Of))}]";
        }

        if (header.MessageType.IsTp())
        {
            Assert.True(TpHeader.TryRead(payload, out var tp));
            text += $" tp {tp.Offset} {(tp.MoreSegments ? 1 : 0)}";
            payload = payload[TpHeader.Size..];
        }

        return $"{text} {Convert.ToHexStringLower(payload)}";
    }

    private static string Of(SdItem item)
    {
        var e = item.Entry;
        return $"{(byte)e.Type:x2} {e.ServiceId:x4} {e.InstanceId:x4} {e.MajorVersion} {e.Ttl} {e.Tail:x8} {{{string.Join(", ", item.Options.Select(Of))}}}";
    }

    private static string Of(SdOption option) => option switch
    {
        SdEndpointOption e => $"{(byte)e.Type:x2} {Address(e.Endpoint.Address)} {(byte)e.Transport:x2} {e.Endpoint.Port}",
        SdLoadBalancingOption l => $"02 {l.Priority} {l.Weight}",
        SdConfigurationOption c => "01 " + string.Concat(c.Items.Select(static i => $"{i.Key.Length + 1 + i.Value!.Length:x2}" +
            Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes($"{i.Key}={i.Value}")))) + "00",
        _ => throw new InvalidOperationException(option.ToString()),
    };

    private static string Address(IPAddress address) => address.ToString();
}
