namespace EcuAgent.SomeIp.Wire;

/// <summary>Return code of the header. 0x20 to 0x3F belong to the service.</summary>
public enum SomeIpReturnCode : byte
{
    Ok = 0x00,
    NotOk = 0x01,
    UnknownService = 0x02,
    UnknownMethod = 0x03,
    NotReady = 0x04,
    NotReachable = 0x05,
    Timeout = 0x06,
    WrongProtocolVersion = 0x07,
    WrongInterfaceVersion = 0x08,
    MalformedMessage = 0x09,
    WrongMessageType = 0x0A,
    E2eRepeated = 0x0B,
    E2eWrongSequence = 0x0C,
    E2eNotOk = 0x0D,
    E2eNotAvailable = 0x0E,
    E2eNoNewData = 0x0F,
}
