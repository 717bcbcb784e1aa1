using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>The payload of a service discovery message.</summary>
public sealed class SdMessage
{
    public const ushort ServiceId = 0xFFFF;
    public const ushort MethodId = 0x8100;
    public const byte InterfaceVersion = 1;

    /// <summary>Flags, reserved bytes and the two length fields.</summary>
    internal const int MinSize = 12;

    private const int EntriesAt = 8;

    private SdMessage(SdHeaderBits flags, IReadOnlyList<SdItem> items, SdEndpointOption? sdEndpoint, IReadOnlyList<SomeIpFault> optionFaults) =>
        (Flags, Items, SdEndpoint, OptionFaults) = (flags, items, sdEndpoint, optionFaults);

    public SdHeaderBits Flags { get; }

    /// <summary>In the order of the wire, which is the order of processing.</summary>
    public IReadOnlyList<SdItem> Items { get; }

    /// <summary>Stands for the source of the datagram when it is there.</summary>
    public SdEndpointOption? SdEndpoint { get; }

    /// <summary>What was wrong in the options array, whether or not an entry refers to it.</summary>
    public IReadOnlyList<SomeIpFault> OptionFaults { get; }

    public static SomeIpFault CheckHeader(in SomeIpHeader header)
    {
        if (header.ProtocolVersion != SomeIpHeader.SupportedProtocolVersion)
        {
            return SomeIpFault.WrongProtocolVersion;
        }

        if (header is not { ServiceId: ServiceId, MethodId: MethodId, InterfaceVersion: InterfaceVersion, MessageType: SomeIpMessageType.Notification })
        {
            return SomeIpFault.SdWrongHeader;
        }

        return header.SessionId == 0 ? SomeIpFault.SdSessionZero : SomeIpFault.None;
    }

    /// <summary>Reads all that can be read. Only when nothing can, the result is a fault without message.</summary>
    public static SomeIpFault TryRead(ReadOnlySpan<byte> payload, out SdMessage? message)
    {
        message = null;
        if (payload.Length < MinSize)
        {
            return SomeIpFault.SdTruncated;
        }

        var entriesLength = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        if (entriesLength % SdEntry.Size != 0 || entriesLength > payload.Length - MinSize)
        {
            return SomeIpFault.SdEntriesLength;
        }

        var entries = payload.Slice(EntriesAt, (int)entriesLength);
        var rest = payload[(EntriesAt + (int)entriesLength)..];
        var optionsLength = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (optionsLength > rest.Length - 4)
        {
            return SomeIpFault.SdOptionsLength;
        }

        var faults = new List<SomeIpFault>();
        var options = ReadOptions(rest.Slice(4, (int)optionsLength), faults);
        var items = new List<SdItem>(entries.Length / SdEntry.Size);
        for (; !entries.IsEmpty; entries = entries[SdEntry.Size..])
        {
            items.Add(Resolve(SdEntry.Read(entries), options));
        }

        var sdEndpoint = options.Select(static option => option.Option).OfType<SdEndpointOption>().FirstOrDefault(static option => option.IsSdEndpoint);
        message = new SdMessage((SdHeaderBits)payload[0], items, sdEndpoint, faults);
        return SomeIpFault.None;
    }

    private static List<(SdOption? Option, SomeIpFault Fault)> ReadOptions(ReadOnlySpan<byte> bytes, List<SomeIpFault> faults)
    {
        var options = new List<(SdOption? Option, SomeIpFault Fault)>();
        while (!bytes.IsEmpty)
        {
            var size = bytes.Length < SdOption.PrefixSize ? int.MaxValue : SdOption.PrefixSize + BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (size > bytes.Length)
            {
                faults.Add(SomeIpFault.SdOptionTruncated);
                break;
            }

            var fault = SdOption.Read((SdOptionType)bytes[2], bytes[SdOption.PrefixSize..size], out var option);
            if (option is SdOpaqueOption { IsKnown: false, Discardable: false })
            {
                faults.Add(SomeIpFault.SdOptionTypeUnknown);
            }
            else if (fault != SomeIpFault.None)
            {
                faults.Add(fault);
            }

            options.Add((option, fault));
            bytes = bytes[size..];
        }

        return options;
    }

    private static SdItem Resolve(in SdEntry entry, List<(SdOption? Option, SomeIpFault Fault)> options)
    {
        if (!Enum.IsDefined(entry.Type))
        {
            return new SdItem(entry, [], SomeIpFault.SdEntryTypeUnknown);
        }

        var chosen = new List<SdOption>();
        var fault = Collect(entry.FirstIndex, entry.FirstCount, options, chosen);
        var second = Collect(entry.SecondIndex, entry.SecondCount, options, chosen);
        fault = fault == SomeIpFault.None ? second : fault;
        if (entry.Type == SdEntryType.Find)
        {
            // A find is judged without its endpoints: a receiver has to ignore them.
            chosen.RemoveAll(static option => option is SdEndpointOption);
            return new SdItem(entry, chosen);
        }

        return new SdItem(entry, chosen, fault == SomeIpFault.None ? CheckOptions(entry, chosen) : fault);
    }

    private static SomeIpFault Collect(int index, int count, List<(SdOption? Option, SomeIpFault Fault)> options, List<SdOption> into)
    {
        for (var i = index; i < index + count; i++)
        {
            if (i >= options.Count)
            {
                return SomeIpFault.SdOptionIndex;
            }

            if (options[i].Fault != SomeIpFault.None)
            {
                return options[i].Fault;
            }

            // Unknown options are ignored; so are SD endpoints, which no entry may refer to.
            if (options[i].Option is { } option and not SdOpaqueOption { IsKnown: false } and not SdEndpointOption { IsSdEndpoint: true })
            {
                into.Add(option);
            }
        }

        return SomeIpFault.None;
    }

    private static SomeIpFault CheckOptions(in SdEntry entry, List<SdOption> options)
    {
        var unicast = entry.Type is SdEntryType.Offer or SdEntryType.Subscribe;
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i] is not SdEndpointOption endpoint)
            {
                continue;
            }

            // A client's own multicast endpoint is an extension; it is refused like an endpoint in an acknowledgement.
            if (endpoint.IsMulticast ? entry.Type != SdEntryType.SubscribeAck : !unicast)
            {
                return SomeIpFault.SdOptionNotAllowed;
            }

            for (var j = 0; j < i; j++)
            {
                if (options[j] is SdEndpointOption other && other.Type == endpoint.Type && other.Transport == endpoint.Transport &&
                    !other.Endpoint.Equals(endpoint.Endpoint))
                {
                    return SomeIpFault.SdOptionConflict;
                }
            }
        }

        return SomeIpFault.None;
    }
}
