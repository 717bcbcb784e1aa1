namespace EcuAgent.SomeIp;

/// <summary>
/// Protects the messages of one id on their way out, as AUTOSAR E2E does. Each message is given once, when its session id is chosen and
/// before its bytes leave, and all its receivers get the same bytes. Calls come one at a time and in the order of the wire; so one object
/// belongs to one event or method and is not shared.
/// </summary>
public interface ISomeIpProtection
{
    /// <summary>Bytes between SOME/IP header and payload that the protection needs for itself. Never changes.</summary>
    /// <value>0 and up.</value>
    int HeaderBytes { get; }

    /// <summary>Writes the protection into a message. Must not keep the span, block, or send.</summary>
    /// <param name="message">
    /// The 16 bytes of the SOME/IP header as they leave, <see cref="HeaderBytes"/> zeros, the payload. What is written into the first 16 has no
    /// effect. A message that TP will cut is given whole.
    /// </param>
    /// <returns>False: the message is not sent, and <see cref="Wire.SomeIpFault.ProtectionRefused"/> is counted.</returns>
    bool TryProtect(Span<byte> message);
}
