using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.Example;

var domainId = args.Length > 0 ? uint.Parse(args[0], CultureInfo.InvariantCulture) : 0;
using var participant = DdsParticipant.Create(new DdsParticipantOptions { DomainId = domainId });
var topic = participant.CreateTopic<Temperature>("Temperature", DdsQos.ReliableLatestTransientLocal);

using var allSeen = new ManualResetEventSlim();
using var reader = participant.CreateReader(topic, onDataAvailable: reader =>
{
    while (reader.TryTake(out var sample, out var info))
    {
        Console.WriteLine($"{sample.Room} {sample.Celsius} C, {info.InstanceState}, valid data {info.ValidData}");
        if (!info.ValidData)
        {
            allSeen.Set();
        }
    }
});

var writer = participant.CreateWriter(topic);
var kitchen = new Temperature { Room = BoundedString16.From("kitchen"), Count = 1, Celsius = 21.5 };
writer.Write(in kitchen);
writer.Dispose();   // tells readers that nobody keeps the kitchen up to date any more

return allSeen.Wait(TimeSpan.FromSeconds(10)) ? 0 : 1;
