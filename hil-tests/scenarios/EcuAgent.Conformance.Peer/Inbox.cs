using System.Collections;

namespace EcuAgent.Conformance.Peer;

/// <summary>What came, by topic. Thread-safe.</summary>
internal sealed class Inbox
{
    private readonly Dictionary<Type, IList> _received = [];

    public void Add<T>(in T sample)
        where T : unmanaged
    {
        lock (_received)
        {
            if (!_received.TryGetValue(typeof(T), out var list))
            {
                _received.Add(typeof(T), list = new List<T>());
            }

            ((List<T>)list).Add(sample);
        }
    }

    public IReadOnlyList<T> Of<T>()
        where T : unmanaged
    {
        lock (_received)
        {
            return _received.TryGetValue(typeof(T), out var list) ? [.. (List<T>)list] : [];
        }
    }
}
