using EcuAgent.CycloneDds;

namespace EcuAgent.Bench.Dds;

/// <summary>The other process: writes back what it gets, from within the data handler.</summary>
internal static class Pong
{
    internal static void Run(uint domainId)
    {
        using var participant = DdsParticipant.Create(Bench.Options(domainId));
        var writer = participant.CreateWriter(participant.CreateTopic<Frame>(Bench.PongTopic, Bench.Qos));
        var frames = new Frame[Bench.Batch];
        var infos = new DdsSampleInfo[Bench.Batch];
        _ = participant.CreateReader(participant.CreateTopic<Frame>(Bench.PingTopic, Bench.Qos), onDataAvailable: reader =>
        {
            int taken;
            do
            {
                taken = reader.Take(frames, infos);
                for (var i = 0; i < taken; i++)
                {
                    if (infos[i].ValidData)
                    {
                        writer.TryWrite(in frames[i]);
                    }
                }
            }
            while (taken == frames.Length);
        });

        // The parent ends us by closing our stdin.
        while (Console.ReadLine() is not null)
        {
        }
    }
}
