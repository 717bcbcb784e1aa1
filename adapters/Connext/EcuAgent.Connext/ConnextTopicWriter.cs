using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;
using Rti.Dds.Publication;
using Rti.Types.Dynamic;

namespace EcuAgent.Connext;

/// <summary>A writer of the participant, as the service wants it.</summary>
internal sealed class ConnextTopicWriter<T>(DataWriter<DynamicData> writer, ILogger logger) : ITopicWriter<T>
    where T : unmanaged
{
    private readonly StructMap _map = StructMap.Of(typeof(T));
    private readonly DynamicData _data = writer.CreateData();

    /// <inheritdoc/>
    public bool HasPeer => writer.MatchedSubscriptions.Any();

    /// <inheritdoc/>
    public bool TryWrite(in T sample)
    {
        try
        {
            _map.Write(sample, _data);
            writer.Write(_data);
            return true;
        }
#pragma warning disable CA1031 // Connext tells by exceptions of several families that a sample was not written.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.ConnextWriteFailed(error, typeof(T).Name);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Release(in T key)
    {
        _map.Write(key, _data);
        writer.UnregisterInstance(writer.LookupInstance(_data));
    }
}
