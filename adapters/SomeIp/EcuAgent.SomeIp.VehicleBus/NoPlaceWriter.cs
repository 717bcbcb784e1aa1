using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>A topic that this car's map does not have: nobody can want it.</summary>
internal sealed class NoPlaceWriter<T> : ITopicWriter<T>
    where T : unmanaged
{
    public bool HasPeer => false;

    public bool TryWrite(in T sample) => true;

    public void Release(in T key)
    {
    }
}
