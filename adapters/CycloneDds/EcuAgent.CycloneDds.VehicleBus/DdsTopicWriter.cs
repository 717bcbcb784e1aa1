using EcuAgent.Dds.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>A writer of the participant, as the service wants it.</summary>
internal sealed class DdsTopicWriter<T>(DdsWriter<T> writer, ILogger logger) : ITopicWriter<T>
    where T : unmanaged, IDdsType<T>
{
    /// <inheritdoc/>
    public bool HasPeer => writer.MatchedCount > 0;

    /// <inheritdoc/>
    public bool TryWrite(in T sample)
    {
        var result = writer.TryWrite(sample);
        if (result != DdsReturnCode.Ok)
        {
            logger.WriteFailed(typeof(T).Name, result);
        }

        return result == DdsReturnCode.Ok;
    }

    /// <inheritdoc/>
    public void Release(in T key) => writer.UnregisterInstance(key);
}
