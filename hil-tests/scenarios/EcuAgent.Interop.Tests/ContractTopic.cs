using System.Threading.Channels;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.Interop.Tests;

/// <summary>Our side of a topic, for tests that take its name as a parameter.</summary>
internal abstract class ContractTopic
{
    public static ContractTopic Named(string topic)
    {
        var type = typeof(V1.Gear).Assembly.GetType($"{typeof(V1.Gear).Namespace}.{topic}", throwOnError: true)!;
        return (ContractTopic)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type))!;
    }

    /// <summary>A made-up sample; the same each time.</summary>
    public abstract JsonObject Sample(SampleKind kind);

    public abstract OurReader OpenReader(VehicleParticipant participant);

    public abstract OurWriter OpenWriter(VehicleParticipant participant);

    /// <summary>Our reader, with what it took in the order of arrival.</summary>
    internal sealed class OurReader(DdsReader reader, ChannelReader<JsonObject> samples) : IDisposable
    {
        public int MatchedCount => reader.MatchedCount;

        public ValueTask<JsonObject> NextAsync() => new(samples.ReadAsync().AsTask().WaitAsync(Domains.Watchdog));

        public Task MatchAsync() => reader.WaitForMatchAsync().WaitAsync(Domains.Watchdog);

        public void Dispose() => reader.Dispose();
    }

    /// <summary>Our writer.</summary>
    internal sealed class OurWriter(DdsWriter writer, Action<SampleKind> write) : IDisposable
    {
        public Task MatchAsync() => writer.WaitForMatchAsync().WaitAsync(Domains.Watchdog);

        public void Write(SampleKind kind) => write(kind);

        public void Dispose() => writer.Dispose();
    }

    private sealed class Typed<T> : ContractTopic
        where T : unmanaged, IDdsType<T>
    {
        public override JsonObject Sample(SampleKind kind) => SampleJson.Of(SampleMaker.Make<T>(kind));

        public override OurReader OpenReader(VehicleParticipant participant)
        {
            var samples = Channel.CreateUnbounded<JsonObject>();
            var reader = participant.OpenReader<T>(r =>
            {
                while (r.TryTake(out var sample, out var info))
                {
                    if (info.ValidData)
                    {
                        samples.Writer.TryWrite(SampleJson.Of(sample));
                    }
                }
            });
            return new(reader, samples.Reader);
        }

        public override OurWriter OpenWriter(VehicleParticipant participant)
        {
            var writer = participant.OpenWriter<T>();
            return new(writer, kind => writer.Write(SampleMaker.Make<T>(kind)));
        }
    }
}
