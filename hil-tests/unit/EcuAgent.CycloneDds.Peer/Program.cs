// The other process of the tests. Usage: peer DOMAIN ROLE TOPIC [ARGUMENT]. Says "ready" on stdout when its entities are
// there and lives until stdin ends;
// the role sockets lists its sockets instead.
using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.Peer;
using EcuAgent.CycloneDds.Peer.Contract;

var domainId = uint.Parse(args[0], CultureInfo.InvariantCulture);
using var participant = DdsParticipant.Create(new DdsParticipantOptions { DomainId = domainId, Name = "peer" });
switch (args[1])
{
    case "echo":
        Roles.Echo(participant, args[2], QosProfiles.All[args[3]]);
        break;
    case "writer":
        Roles.Write(participant, args[2], QosProfiles.All["status"] with { LivelinessLease = TimeSpan.FromMilliseconds(300) });
        break;
    case "wrong":
        await Roles.WriteWrongAsync(participant, args[2], args[3]);
        break;
    case "other":
        participant.CreateWriter(participant.CreateTopic<EcuAgent.CycloneDds.Peer.Other.Other>(args[2], DdsQos.ReliableLatest));
        break;
    case "sockets":
        participant.CreateWriter(participant.CreateTopic<Sample>(args[2]));
        foreach (var socket in Sockets.OwnUdp())
        {
            Console.WriteLine(socket);
        }

        return 0;
    default:
        Console.Error.WriteLine("unknown role " + args[1]);
        return 2;
}

Console.WriteLine("ready");
while (Console.ReadLine() is not null)
{
}

return 0;
