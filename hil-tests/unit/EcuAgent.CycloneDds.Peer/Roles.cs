using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Peer;

/// <summary>What the peer can do.</summary>
internal static class Roles
{
    /// <summary>Writes back every sample on TOPIC_back, number plus one.</summary>
    internal static void Echo(DdsParticipant participant, string topicName, DdsQos qos)
    {
        var back = participant.CreateWriter(participant.CreateTopic<Sample>(topicName + "_back", qos));
        _ = participant.CreateReader(participant.CreateTopic<Sample>(topicName, qos), onDataAvailable: reader =>
        {
            while (reader.TryTake(out var sample, out var info))
            {
                if (info.ValidData)
                {
                    sample.Number++;
                    back.Write(in sample);
                }
            }
        });
    }

    /// <summary>Writes one sample and stays.</summary>
    internal static void Write(DdsParticipant participant, string topicName, DdsQos qos)
    {
        var writer = participant.CreateWriter(participant.CreateTopic<Sample>(topicName, qos));
        writer.Write(new Sample { Source = BoundedString32.From("peer"), Number = 1, Value = 0.5 });
    }

    /// <summary>Writes one sample that does not fit the reader's type, then (except for "short") one that fits, number 99.</summary>
    internal static async Task WriteWrongAsync(DdsParticipant participant, string topicName, string kind)
    {
        if (kind == "short")
        {
            var writer = participant.CreateWriter(participant.CreateTopic<Short.Sample>(topicName, DdsQos.ReliableLatest with { HistoryDepth = 8 }));
            await writer.WaitForMatchAsync();
            writer.Write(new Short.Sample { Source = Short.BoundedString32.From("peer"), TimeNs = 1 });
        }
        else
        {
            var writer = participant.CreateWriter(participant.CreateTopic<Wrong.Sample>(topicName, DdsQos.ReliableLatest with { HistoryDepth = 8 }));
            await writer.WaitForMatchAsync();
            var sample = new Wrong.Sample { Source = Wrong.BoundedString32.From("peer"), Number = 1 };
            var wrong = sample;
            switch (kind)
            {
                case "enum":
                    wrong.Mode = 77;
                    break;
                case "text":
                    wrong.Text = Wrong.BoundedString200.From(new string('x', 150));
                    break;
                case "nan":
                    wrong.Value = double.NaN;
                    break;
            }

            writer.Write(in wrong);
            sample.Number = 99;
            writer.Write(in sample);
        }
    }
}
