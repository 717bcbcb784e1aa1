using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus.Tests;

/// <summary>What an inbox handed on: number and source, E2E status; a lost source as number 0.</summary>
internal sealed class TakenSamples() : IncomingTopic<V1.Gear>(static (in V1.Gear s) => ref s.Source, depth: null)
{
    public List<(string Source, uint Number, E2eStatus E2e)> All { get; } = [];

    public override void Take(in V1.Gear sample, E2eStatus e2e) => All.Add((sample.Source.ToString(), sample.SequenceNumber, e2e));

    public override void SourceGone(in V1.Gear key) => All.Add((key.Source.ToString(), 0, E2eStatus.NotUsed));

    public static V1.Gear Gear(string source, uint number) => new() { Source = BoundedString32.From(source), SequenceNumber = number, Validity = V1.Validity.Valid, Position = V1.GearPosition.Drive };
}
