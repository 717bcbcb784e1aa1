using EcuAgent.Idl;

namespace EcuAgent.Gateway;

/// <summary>The senders of one topic that were carried to DDS: what they say there is not carried back. Thread-safe; allocates nothing for a sample.</summary>
internal sealed class CarriedSources
{
    /// <summary>Senders of one topic; more are carried, and cannot be told from those of DDS.</summary>
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly BoundedString32[] _names = new BoundedString32[Capacity];
    private int _count;

    public void Add(in BoundedString32 name)
    {
        lock (_lock)
        {
            if (_count < Capacity && !_names.AsSpan(0, _count).Contains(name))
            {
                _names[_count++] = name;
            }
        }
    }

    public bool Contains(in BoundedString32 name)
    {
        lock (_lock)
        {
            return _names.AsSpan(0, _count).Contains(name);
        }
    }
}
