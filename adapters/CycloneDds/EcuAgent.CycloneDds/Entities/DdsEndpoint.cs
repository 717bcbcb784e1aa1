namespace EcuAgent.CycloneDds;

/// <summary>A reader or writer that discovery found.</summary>
/// <param name="TopicName">Topic name on the wire.</param>
/// <param name="TypeName">Type name on the wire.</param>
/// <param name="IsWriter">Writer or reader.</param>
/// <param name="Id">GUID of the endpoint as 32 hexadecimal digits.</param>
public sealed record DdsEndpoint(string TopicName, string TypeName, bool IsWriter, string Id);
