using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

internal static class Samples
{
    internal const string Topic = "Sample";

    internal static Sample Make(uint number, string source = "test") =>
        new() { Source = BoundedString32.From(source), Number = number, Mode = Mode.On, Value = number / 2.0 };

    internal static Sample[] TakeAll(DdsReader<Sample> reader)
    {
        var samples = new Sample[300];
        return samples[..reader.Take(samples, new DdsSampleInfo[300])];
    }
}
