using EcuAgent.Dds.TypeSupport;
using EcuAgent.SomeIp.TypeSupport;

namespace EcuAgent.Conformance.Peer;

/// <summary>ECUs of a car on one bus: they send what their services offer, and listen to the cockpit and to what it asks of them.</summary>
public interface ICar : IDisposable
{
    /// <summary>Sends a sample of a topic that one of the car's services has.</summary>
    bool TrySend<T>(in T sample)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;

    /// <summary>Whether somebody listens to a topic that this car sends.</summary>
    bool HasListener<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;

    /// <summary>What came so far, in the order of arrival.</summary>
    IReadOnlyList<T> Received<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>;
}
