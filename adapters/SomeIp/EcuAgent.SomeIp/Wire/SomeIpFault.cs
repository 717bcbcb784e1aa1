namespace EcuAgent.SomeIp.Wire;

/// <summary>Why something received was not taken, or something to send was not sent. Each is counted.</summary>
public enum SomeIpFault
{
    None,

    /// <summary>Fewer than 16 bytes are left for a header.</summary>
    HeaderTruncated,

    /// <summary>The length field is below 8.</summary>
    LengthTooSmall,

    /// <summary>The length field goes beyond the datagram.</summary>
    LengthBeyondDatagram,

    /// <summary>The length field of a TCP message is beyond the configured limit.</summary>
    LengthBeyondLimit,

    /// <summary>Bytes of a TCP stream were skipped up to the next magic cookie.</summary>
    StreamResynchronized,

    /// <summary>A TCP stream lost its place and no magic cookie is in use; the connection is closed.</summary>
    StreamLost,

    /// <summary>A TCP connection ended inside a message.</summary>
    StreamEndedInMessage,

    /// <summary>The protocol version is not 1.</summary>
    WrongProtocolVersion,

    /// <summary>A message type that is not in use.</summary>
    UnknownMessageType,

    /// <summary>A known message type where it does not belong, such as a response at a server.</summary>
    WrongMessageType,

    /// <summary>A request or notification with a return code other than 0.</summary>
    WrongReturnCode,

    UnknownService,
    UnknownMethod,
    WrongInterfaceVersion,

    /// <summary>An answer that no call waits for: late, repeated or from elsewhere.</summary>
    UnexpectedResponse,

    /// <summary>An event that nobody here handles, or from an endpoint that is no server of ours.</summary>
    UnexpectedEvent,

    /// <summary>A handler of the application threw.</summary>
    HandlerFailed,

    /// <summary>A TP segment shorter than its TP header.</summary>
    TpHeaderTruncated,

    /// <summary>A TP segment over TCP, where TP is not used.</summary>
    TpOverTcp,

    /// <summary>A TP segment without payload.</summary>
    TpSegmentEmpty,

    /// <summary>A TP segment with more to follow is no multiple of 16 bytes.</summary>
    TpSegmentUnaligned,

    /// <summary>A TP message beyond the configured size; the message is given up.</summary>
    TpMessageTooLarge,

    /// <summary>All reassembly buffers are in use; the new message is refused.</summary>
    TpBuffersFull,

    /// <summary>The memory for reassembly is used up; the new segment's message is given up.</summary>
    TpMemoryFull,

    /// <summary>Segments were missing until the time limit.</summary>
    TpTimedOut,

    /// <summary>The next session began before the last one was complete.</summary>
    TpSuperseded,

    /// <summary>Two last segments that disagree, or data beyond the last one; the message is given up.</summary>
    TpEndConflict,

    /// <summary>More separate pieces than are tracked; the message is given up.</summary>
    TpTooManyGaps,

    /// <summary>A segment that was there already. Ignored: the first content stands.</summary>
    TpDuplicate,

    /// <summary>A segment that overlaps in part. Its new bytes are taken, the first content stands.</summary>
    TpOverlap,

    /// <summary>The SD message has another method, type or interface version than service discovery has.</summary>
    SdWrongHeader,

    /// <summary>Session id 0, which service discovery never sends.</summary>
    SdSessionZero,

    /// <summary>Fewer bytes than an empty SD message has.</summary>
    SdTruncated,

    /// <summary>The length of the entries is no multiple of 16 or beyond the message.</summary>
    SdEntriesLength,

    /// <summary>The length of the options is beyond the message.</summary>
    SdOptionsLength,

    SdEntryTypeUnknown,

    /// <summary>An option goes beyond the options array; it and those behind it do not exist.</summary>
    SdOptionTruncated,

    /// <summary>The length of an option does not fit its type.</summary>
    SdOptionLength,

    /// <summary>An entry refers to an option of unknown type that is not marked as discardable.</summary>
    SdOptionTypeUnknown,

    /// <summary>An entry refers to an option that is not there.</summary>
    SdOptionIndex,

    /// <summary>An endpoint with a protocol other than UDP or TCP, or a multicast endpoint with TCP.</summary>
    SdEndpointProtocol,

    /// <summary>An endpoint with port 0.</summary>
    SdEndpointPort,

    /// <summary>A unicast endpoint with an address that is none, or outside of the subnet.</summary>
    SdEndpointAddress,

    /// <summary>A multicast endpoint whose address is no multicast address.</summary>
    SdMulticastAddress,

    SdConfigurationString,

    /// <summary>Two options of one entry contradict each other, such as two UDP endpoints with different ports.</summary>
    SdOptionConflict,

    /// <summary>An option that must not stand with this entry.</summary>
    SdOptionNotAllowed,

    /// <summary>An offer without endpoint, or a subscription without the endpoint that its events need.</summary>
    SdEndpointMissing,

    /// <summary>A subscription or its answer by multicast; these are unicast only.</summary>
    SdNotByMulticast,

    /// <summary>More peers than are tracked; messages of the new one are ignored.</summary>
    SdPeersFull,

    /// <summary>More remote services than are tracked; the new offer is ignored.</summary>
    SdServicesFull,

    /// <summary>Another peer offers a service instance that is known already; the first stands.</summary>
    SdOfferConflict,

    /// <summary>A subscription to a service, version or eventgroup that is not offered.</summary>
    SdUnknownEventgroup,

    /// <summary>A subscription for TCP events whose connection is not there, at a second look either.</summary>
    SdTcpMissing,

    /// <summary>The eventgroup has as many subscribers as it may have.</summary>
    SdSubscribersFull,

    /// <summary>More delayed answers than are kept; the new one is dropped.</summary>
    SdAnswersFull,

    /// <summary>An answer to a subscription that is not ours, or that has ended meanwhile.</summary>
    SdUnexpectedAck,

    /// <summary>A payload too large for UDP where TP is not set; nothing was sent.</summary>
    TooLargeForUdp,

    /// <summary>The socket refused to send.</summary>
    SendFailed,

    /// <summary>The socket reported an error while receiving; the loop goes on.</summary>
    ReceiveFailed,

    /// <summary>The send queue of a TCP connection is full; the new message is dropped.</summary>
    TcpQueueFull,

    /// <summary>As many TCP connections as allowed; the new one is closed.</summary>
    TcpConnectionsFull,

    /// <summary>As many calls wait as allowed; the new one is refused.</summary>
    CallsFull,

    /// <summary>As many asynchronous methods run as allowed; the new request is answered with NotReady.</summary>
    MethodsFull,

    /// <summary>The protection of an event or method did not take a message; it was not sent.</summary>
    ProtectionRefused,

    /// <summary>The queue of paced TP messages is full; the new message is dropped.</summary>
    TpQueueFull,

    /// <summary>No event of a subscription came for as long as it bears; it is made anew.</summary>
    EventsSilent,
}
