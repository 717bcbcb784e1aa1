using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>
/// Follows the built-in topics DCPSPublication and DCPSSubscription to find peers that use our topic names with another
/// type: Cyclone 0.10 leaves them unmatched without a word. Holds one entry per endpoint of the domain.
/// </summary>
internal sealed unsafe class EndpointDirectory : IDataListener, IDisposable
{
    private const int Batch = 16;

    private readonly Lock _lock = new();
    private readonly DdsParticipant _participant;
    private readonly Dictionary<string, Entry> _endpoints = [];
    private EntityHandle? _writers;
    private EntityHandle? _readers;

    internal EndpointDirectory(DdsParticipant participant)
    {
        _participant = participant;
        _writers = CreateReader(Interop.DDS_BUILTIN_TOPIC_DCPSPUBLICATION);
        _readers = CreateReader(Interop.DDS_BUILTIN_TOPIC_DCPSSUBSCRIPTION);

        // What was reported before the handles were known.
        OnDataAvailable();
    }

    public void OnDataAvailable()
    {
        var fresh = new List<DdsEndpoint>();
        lock (_lock)
        {
            Drain(_writers, isWriter: true, fresh);
            Drain(_readers, isWriter: false, fresh);
        }

        foreach (var endpoint in fresh)
        {
            foreach (var topic in _participant.TopicsNamed(endpoint.TopicName))
            {
                Report(topic, endpoint);
            }
        }
    }

    public void Dispose()
    {
        EntityHandle? writers, readers;
        lock (_lock)
        {
            (writers, readers) = (_writers, _readers);
            (_writers, _readers) = (null, null);
        }

        // Outside the lock: the delete waits for a running callback, which may want the lock.
        writers?.Dispose();
        readers?.Dispose();
    }

    internal List<DdsEndpoint> Snapshot()
    {
        lock (_lock)
        {
            return [.. _endpoints.Values.Select(entry => entry.Endpoint)];
        }
    }

    /// <summary>Looks at what was discovered before the topic was made.</summary>
    internal void Check(DdsTopic topic)
    {
        foreach (var endpoint in Snapshot())
        {
            if (endpoint.TopicName == topic.TopicName)
            {
                Report(topic, endpoint);
            }
        }
    }

    private static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? string.Empty;

    /// <summary>Once per topic and endpoint, although a new topic and a new endpoint may find each other at the same time.</summary>
    private void Report(DdsTopic topic, DdsEndpoint endpoint)
    {
        if (endpoint.TypeName == topic.TypeName)
        {
            return;
        }

        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpoint.Id, out var entry) || !entry.ReportedTo.Add(topic))
            {
                return;
            }
        }

        topic.OnInconsistent(endpoint);
    }

    private EntityHandle CreateReader(int builtinTopic)
    {
        var state = GCHandle.Alloc(this);
        var listener = ListenerCallbacks.MakeDataOnly(GCHandle.ToIntPtr(state));
        try
        {
            var entity = Interop.dds_create_builtin_reader(_participant.Handle, builtinTopic, 0, listener);
            if (entity < 0)
            {
                state.Free();
                DdsException.Throw(entity, nameof(Interop.dds_create_reader), "a built-in topic of " + _participant.Name);
            }

            return new EntityHandle(entity, _participant.Handle, state: state);
        }
        finally
        {
            Interop.dds_delete_listener(listener);
        }
    }

    private void Drain(EntityHandle? reader, bool isWriter, List<DdsEndpoint> fresh)
    {
        if (reader is null)
        {
            return;
        }

        var samples = stackalloc void*[Batch];
        var infos = stackalloc DdsSampleInfo[Batch];
        int taken;
        do
        {
            new Span<nint>(samples, Batch).Clear();
            taken = Interop.dds_take_wl(reader, samples, infos, Batch);
            for (var i = 0; i < taken; i++)
            {
                var native = (Interop.dds_builtintopic_endpoint*)samples[i];
                var id = Convert.ToHexString(new ReadOnlySpan<byte>(native->key.v, 16));
                if (infos[i].ValidData && infos[i].InstanceState == DdsInstanceState.Alive)
                {
                    var endpoint = new DdsEndpoint(Text(native->topic_name), Text(native->type_name), isWriter, id);
                    if (_endpoints.TryAdd(id, new Entry(endpoint)))
                    {
                        fresh.Add(endpoint);
                    }
                }
                else
                {
                    _endpoints.Remove(id);
                }
            }

            if (taken > 0)
            {
                _ = Interop.dds_return_loan(reader, samples, taken);
            }
        }
        while (taken == Batch);
    }

    private sealed class Entry(DdsEndpoint endpoint)
    {
        internal DdsEndpoint Endpoint { get; } = endpoint;

        internal HashSet<DdsTopic> ReportedTo { get; } = [];
    }
}
