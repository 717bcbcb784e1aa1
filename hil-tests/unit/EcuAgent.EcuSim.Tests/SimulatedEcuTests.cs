using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.EcuSim.Tests;

/// <summary>The rules that both units share, over a real participant on loopback.</summary>
public sealed class SimulatedEcuTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private readonly VehicleParticipant _bus = new(
        new CockpitBusOptions { DomainId = 100 + (Environment.ProcessId % 101), Source = "test" }.ToParticipantOptions(), NullLogger.Instance);

    private readonly SimulatedEcu _ecu;

    public SimulatedEcuTests() => _ecu = new SimulatedEcu(_bus, "ecu.test", TimeProvider.System);

    public void Dispose()
    {
        _ecu.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public async Task Answer_ToTheSameIdTwice_CarriesOutOnceAndAnswersTwice()
    {
        using var reader = _bus.OpenReader<CommandOutcome>();
        using var watchdog = new CancellationTokenSource(Watchdog);
        await reader.WaitForMatchAsync(1, watchdog.Token);
        var carriedOut = 0;

        var first = _ecu.Answer("c1", InTime, CarryOut);
        var second = _ecu.Answer("c1", InTime, CarryOut);

        Assert.Equal(1, carriedOut);
        Assert.Equal(first, second);
        var outcomes = SimulatedEcu.TakeAll(reader).ToArray();
        Assert.Equal([1u, 2u], outcomes.Select(o => o.SequenceNumber));
        Assert.All(outcomes, o => Assert.Equal(
            ("ecu.test", "c1", OutcomeKind.Completed, true, 5.0),
            (o.Source.ToString(), o.CommandId.ToString(), o.Kind, o.HasAppliedValue, o.AppliedValue)));

        Outcome CarryOut()
        {
            carriedOut++;
            return Outcome.Completed(5);
        }
    }

    [Fact]
    public void Answer_AfterTheExpiry_IsRejectedAndNeverCarriedOut()
    {
        var outcome = _ecu.Answer("late", _ecu.NowNs - 1, () => throw new InvalidOperationException("must not be carried out"));
        Assert.Equal((OutcomeKind.Rejected, "expired"), (outcome.Kind, outcome.Reason));
        Assert.Equal(outcome, _ecu.Answer("late", InTime, () => Outcome.Completed()));
    }

    [Fact]
    public void Answer_ToMoreIdsThanAreRemembered_ForgetsTheOldestOnly()
    {
        var carriedOut = new List<string>();
        foreach (var id in Enumerable.Range(0, 257).Select(i => $"c{i}").Append("c1").Append("c0"))
        {
            _ecu.Answer(id, InTime, () =>
            {
                carriedOut.Add(id);
                return Outcome.Completed();
            });
        }

        Assert.Equal(258, carriedOut.Count);
        Assert.Equal("c0", carriedOut[^1]);
    }

    private long InTime => _ecu.NowNs + 60_000_000_000;
}
