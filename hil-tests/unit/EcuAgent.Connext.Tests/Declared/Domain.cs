using Rti.Dds.Core;
using Rti.Dds.Core.Status;
using Rti.Dds.Domain;
using Rti.Dds.Publication;
using Rti.Dds.Subscription;
using Rti.Dds.Topics;
using Rti.Types.Dynamic;

namespace Rti.Dds.Topics
{
    /// <summary>A topic of a participant.</summary>
    public sealed record Topic<T>(string Name, DynamicType Type);
}

namespace Rti.Dds.Domain
{
    /// <summary>Makes participants. Domains are within this process.</summary>
    public sealed class DomainParticipantFactory
    {
        public static DomainParticipantFactory Instance { get; } = new();

        internal List<DomainParticipant> Participants { get; } = [];

        public DomainParticipant CreateParticipant(int domainId, DomainParticipantQos qos)
        {
            var participant = new DomainParticipant(domainId, qos);
            Participants.Add(participant);
            return participant;
        }
    }

    /// <summary>A participant of a domain.</summary>
    public sealed class DomainParticipant(int domainId, DomainParticipantQos qos) : IDisposable
    {
        internal DomainParticipantQos Qos { get; } = qos;

        internal Dictionary<string, DynamicType> Topics { get; } = [];

        internal List<DataReader<DynamicData>> Readers { get; } = [];

        internal List<DataWriter<DynamicData>> Writers { get; } = [];

        internal IEnumerable<DomainParticipant> OfDomain => DomainParticipantFactory.Instance.Participants.Where(p => p.DomainId == DomainId);

        private int DomainId { get; } = domainId;

        public Topic<DynamicData> CreateTopic(string name, DynamicType type)
        {
            Topics.Add(name, type);
            return new Topic<DynamicData>(name, type);
        }

        public Publisher CreatePublisher() => new(this);

        public Subscriber CreateSubscriber() => new(this);

        public void Dispose()
        {
            foreach (var writer in Writers)
            {
                writer.UnregisterAll();
            }

            DomainParticipantFactory.Instance.Participants.Remove(this);
        }
    }
}

namespace Rti.Dds.Publication
{
    /// <summary>Makes writers.</summary>
    public sealed class Publisher(DomainParticipant participant)
    {
        public DataWriter<DynamicData> CreateDataWriter(Topic<DynamicData> topic, DataWriterQos qos)
        {
            var writer = new DataWriter<DynamicData>(participant, topic, qos);
            participant.Writers.Add(writer);
            return writer;
        }
    }

    /// <summary>Writes to the readers that are there; keeps nothing for later ones.</summary>
    public sealed class DataWriter<T>(DomainParticipant participant, Topic<T> topic, DataWriterQos qos)
    {
        private readonly Dictionary<string, DynamicData> _instances = [];

        public event Action<object, IncompatibleQosStatus>? OfferedIncompatibleQos;

        public IEnumerable<object> MatchedSubscriptions => Readers;

        internal DataWriterQos Qos { get; } = qos;

        /// <summary>Makes the next write fail, as a full queue does.</summary>
        internal bool IsFull { get; set; }

        private IEnumerable<DataReader<DynamicData>> Readers => participant.OfDomain.SelectMany(p => p.Readers).Where(r => r.TopicName == topic.Name);

        public DynamicData CreateData() => new(topic.Type);

        public void Write(DynamicData data)
        {
            if (IsFull)
            {
                throw new TimeoutException("max_blocking_time");
            }

            var sample = data.Clone();
            _instances[KeyOf(sample)] = sample;
            foreach (var reader in Readers)
            {
                reader.Put(new Sample(sample.Clone(), new SampleInfo(true, InstanceState.Alive, KeyOf(sample))), sample);
            }
        }

        public string LookupInstance(DynamicData data) => _instances.ContainsKey(KeyOf(data)) ? KeyOf(data) : "";

        public void UnregisterInstance(string handle)
        {
            if (_instances.Remove(handle, out var instance))
            {
                foreach (var reader in Readers)
                {
                    reader.Put(new Sample(new DynamicData(topic.Type), new SampleInfo(false, InstanceState.NotAliveNoWriters, handle)), instance);
                }
            }
        }

        internal void UnregisterAll()
        {
            foreach (var handle in _instances.Keys.ToList())
            {
                UnregisterInstance(handle);
            }
        }

        internal void TellIncompatible() => OfferedIncompatibleQos?.Invoke(this, new IncompatibleQosStatus());

        private static string KeyOf(DynamicData data) => $"source {data.GetAnyValue("source")}";
    }
}

namespace Rti.Dds.Subscription
{
    /// <summary>Makes readers.</summary>
    public sealed class Subscriber(DomainParticipant participant)
    {
        public DataReader<DynamicData> CreateDataReader(Topic<DynamicData> topic, DataReaderQos qos)
        {
            var reader = new DataReader<DynamicData>(topic, qos);
            participant.Readers.Add(reader);
            return reader;
        }
    }

    /// <summary>Keeps the last samples of each instance until they are taken.</summary>
    public sealed class DataReader<T>(Topic<T> topic, DataReaderQos qos)
    {
        private readonly List<Sample> _waiting = [];
        private readonly Dictionary<string, DynamicData> _keys = [];

        public event Action<object>? DataAvailable;

        public event Action<object, IncompatibleQosStatus>? RequestedIncompatibleQos;

        public event Action<object, DeadlineMissedStatus>? RequestedDeadlineMissed;

        public event Action<object, SampleLostStatus>? SampleLost;

        public event Action<object, SampleRejectedStatus>? SampleRejected;

        public SampleLostStatus SampleLostStatus { get; private set; }

        internal string TopicName => topic.Name;

        internal DataReaderQos Qos { get; } = qos;

        public LoanedSamples Take()
        {
            lock (_waiting)
            {
                var taken = new LoanedSamples([.. _waiting]);
                _waiting.Clear();
                return taken;
            }
        }

        public void GetKeyValue(DynamicData key, string handle) => key.SetAnyValue("source", _keys[handle].GetAnyValue("source"));

        internal void Put(Sample sample, DynamicData key)
        {
            lock (_waiting)
            {
                _keys[sample.Info.InstanceHandle] = key;
                _waiting.Add(sample);
                var ofInstance = _waiting.Where(s => s.Info.InstanceHandle == sample.Info.InstanceHandle).ToList();
                if (ofInstance.Count > Qos.HistoryDepth)
                {
                    _waiting.Remove(ofInstance[0]);
                }
            }

            DataAvailable?.Invoke(this);
        }

        internal void TellAll()
        {
            SampleLostStatus = new SampleLostStatus(new CumulativeCount(3));
            RequestedIncompatibleQos?.Invoke(this, new IncompatibleQosStatus());
            RequestedDeadlineMissed?.Invoke(this, new DeadlineMissedStatus());
            SampleLost?.Invoke(this, SampleLostStatus);
            SampleRejected?.Invoke(this, new SampleRejectedStatus());
        }
    }

    /// <summary>Samples that are given back when they are disposed.</summary>
    public sealed class LoanedSamples(IReadOnlyList<Sample> samples) : IDisposable
    {
        public IEnumerator<Sample> GetEnumerator() => samples.GetEnumerator();

        public void Dispose()
        {
        }
    }

    /// <summary>A sample and what is known of it.</summary>
    public sealed record Sample(DynamicData Data, SampleInfo Info);

    /// <summary>What is known of a sample.</summary>
    public sealed record SampleInfo(bool ValidData, InstanceState Instance, string InstanceHandle)
    {
        public SampleState State => new(Instance);
    }

    /// <summary>States of a sample.</summary>
    public readonly record struct SampleState(InstanceState Instance);
}
