using EcuAgent.Idl;
using EcuAgent.VehicleBus;

namespace EcuAgent.Gateway;

/// <summary>
/// The requests that were carried, with the service that they went to: none is carried twice, and its outcome finds its way. The oldest is
/// forgotten. Thread-safe; allocates nothing for a request.
/// </summary>
internal sealed class RequestMemory
{
    /// <summary>Requests remembered: ECUs remember as many, and one expires within seconds.</summary>
    public const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly (BoundedString36 Id, string Service)[] _known = new (BoundedString36, string)[Capacity];
    private int _count;
    private int _next;

    /// <summary>Remembers a request; false when it is known already.</summary>
    public bool TryAdd(in TopicRequest request, string service)
    {
        lock (_lock)
        {
            if (Find_NeedsLock(request.Id) is not null)
            {
                return false;
            }

            _known[_next] = (request.Id, service);
            _next = (_next + 1) % Capacity;
            _count = Math.Min(_count + 1, Capacity);
            return true;
        }
    }

    /// <summary>The service that a request went to; null when it is not known.</summary>
    public string? ServiceOf(in BoundedString36 id)
    {
        lock (_lock)
        {
            return Find_NeedsLock(id);
        }
    }

    private string? Find_NeedsLock(in BoundedString36 id)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_known[i].Id == id)
            {
                return _known[i].Service;
            }
        }

        return null;
    }
}
