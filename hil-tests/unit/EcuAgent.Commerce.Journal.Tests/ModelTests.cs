using CsCheck;

namespace EcuAgent.Commerce.Journal.Tests;

/// <summary>Any sequence of calls, reopening and purging in between, gives what a list in memory gives.</summary>
public sealed class ModelTests
{
    private const int Ids = 5;
    private static readonly string[] Merchants = ["wok", "inn"];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (12, Gen.Select(Gen.Int[1, Ids], Gen.Enum<PurchaseStage>(), Gen.Int[0, 9]).Select((id, stage, spoil) => (Step)new Write(id, stage, spoil))),
        (3, Gen.Int[1, Ids].Select(id => (Step)new Restart(id))),
        (2, Gen.Int[0, 800].Select(days => (Step)new Since(days))),
        (2, Gen.Const((Step)new Unfinished())),
        (1, Gen.Int[-5, 5].Select(hours => (Step)new StartTrip(hours))),
        (1, Gen.Int[1, 300].Select(days => (Step)new Advance(days))),
        (1, Gen.Const((Step)new Purge())),
        (1, Gen.Const((Step)new Reopen())));

    [Fact]
    public async Task Journal_AnySequenceOfCalls_GivesWhatAListGives()
    {
        var (taken, refused, purged) = (0, 0, 0);
        await Steps.Array[10, 60].SampleAsync(
            async steps =>
            {
                using var run = new Run();
                foreach (var step in steps)
                {
                    await run.PlayAsync(step);
                }

                await run.PlayAsync(new Reopen());
                run.CompareHistories();
                Interlocked.Add(ref taken, run.Taken);
                Interlocked.Add(ref refused, run.Refused);
                Interlocked.Add(ref purged, run.Purged);
            },
            iter: 150);

        // All must happen, or the test has stopped telling anything.
        Assert.True(taken > 300, $"only {taken} taken");
        Assert.True(refused > 300, $"only {refused} refused");
        Assert.True(purged > 10, $"only {purged} purged");
    }

    private abstract record Step;

    /// <param name="Id">Which purchase.</param>
    /// <param name="Stage">The stage written.</param>
    /// <param name="Spoil">0: other merchant, 1: other order, 2: other begin, else as it should be.</param>
    private sealed record Write(int Id, PurchaseStage Stage, int Spoil) : Step;

    /// <summary>Writes the next purchase under a number, from its beginning to its end.</summary>
    private sealed record Restart(int Id) : Step;

    private sealed record Since(int Days) : Step;

    private sealed record Unfinished : Step;

    private sealed record StartTrip(int Hours) : Step;

    private sealed record Advance(int Days) : Step;

    private sealed record Purge : Step;

    private sealed record Reopen : Step;

    /// <summary>The journal and the list, step by step.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Rig _rig = new();
        private readonly List<PurchaseRecord> _states = [];
        private readonly HashSet<string> _bought = [];
        private readonly List<DateTimeOffset> _trips = [];
        private readonly Dictionary<int, DateTimeOffset> _begun = [];
        private readonly Dictionary<int, int> _generation = [];
        private PurchaseJournal _journal;

        internal Run() => _journal = _rig.Open();

        internal int Taken { get; private set; }

        internal int Refused { get; private set; }

        internal int Purged { get; private set; }

        private DateTimeOffset Now => _rig.Time.GetUtcNow();

        private IEnumerable<PurchaseRecord> Latest => _states.GroupBy(state => state.Id).Select(states => states.Last());

        public void Dispose()
        {
            _journal.Dispose();
            _rig.Dispose();
        }

        internal async Task PlayAsync(Step step)
        {
            switch (step)
            {
                case Write write:
                    await WriteAsync(Next(write));
                    break;
                case Restart restart:
                    _generation[restart.Id] = Generation(restart.Id) + 1;
                    _begun.Remove(restart.Id);
                    await WriteAsync(Next(new Write(restart.Id, PurchaseStage.Opening, 9)));
                    await WriteAsync(Next(new Write(restart.Id, PurchaseStage.Failed, 9)));
                    break;
                case Since since:
                    var from = Purchase.Noon.AddDays(since.Days);
                    Assert.Equal(
                        Latest.Where(record => record.BegunAt >= from).OrderByDescending(record => record.BegunAt).Texts(),
                        (await _journal.SinceAsync(from, CancellationToken.None)).Texts());
                    break;
                case Unfinished:
                    Assert.Equal(
                        Latest.Where(record => !PurchaseStages.IsOver(record.Stage)).OrderBy(record => record.BegunAt).Texts(),
                        (await _journal.UnfinishedAsync(CancellationToken.None)).Texts());
                    break;
                case StartTrip trip:
                    _trips.Add(Now.AddHours(trip.Hours));
                    await _journal.StartTripAsync(_trips[^1], CancellationToken.None);
                    break;
                case Advance advance:
                    _rig.Time.Advance(TimeSpan.FromDays(advance.Days));
                    break;
                case Purge:
                    await PurgeAsync();
                    break;
                case Reopen:
                    _journal.Dispose();
                    _journal = _rig.Open();
                    break;
            }

            Assert.Equal(_trips.Count == 0 ? null : _trips[^1], await _journal.TripStartAsync(CancellationToken.None));
            foreach (var merchant in Merchants)
            {
                Assert.Equal(_bought.Contains(merchant), await _journal.HasBoughtAsync(merchant, CancellationToken.None));
            }
        }

        internal void CompareHistories()
        {
            using var reader = JournalReader.Open(_rig.Folder)!;
            Assert.Empty(reader.Faults());
            Assert.Equal(Latest.Count(), reader.Latest().Count);
            foreach (var states in _states.GroupBy(state => state.Id))
            {
                Assert.Equal(states.Texts(), reader.History(states.Key).Texts());
            }
        }

        private int Generation(int id) => _generation.GetValueOrDefault(id);

        private PurchaseRecord Next(Write write)
        {
            // No two begin at the same instant: then the order in which they are told would not be given.
            if (!_begun.TryGetValue(write.Id, out var begun))
            {
                _begun[write.Id] = begun = Now.AddTicks(write.Id + (100 * Generation(write.Id)));
            }

            var opening = Purchase.New(write.Id + (100 * Generation(write.Id)), Merchants[write.Id % 2], begun);
            var record = opening with { Stage = write.Stage, WrittenAt = Now, Reason = $"after_{_states.Count}" };
            return write.Spoil switch
            {
                0 => record with { MerchantId = "other" },
                1 => record with { Order = record.Order with { People = 7 } },
                2 => record with { BegunAt = begun.AddHours(1) },
                _ => record,
            };
        }

        private async Task WriteAsync(PurchaseRecord record)
        {
            var present = Latest.SingleOrDefault(latest => latest.Id == record.Id);
            var allowed = present is null
                ? record.Stage == PurchaseStage.Opening
                : PurchaseStages.CanFollow(present.Stage, record.Stage) && present.MerchantId == record.MerchantId
                    && (present.Order.People == record.Order.People || (present.Stage, record.Stage) == (PurchaseStage.Quoted, PurchaseStage.Quoted))
                    && present.BegunAt == record.BegunAt;
            if (allowed)
            {
                await _journal.WriteAsync(record, CancellationToken.None);
                _states.Add(record);
                Taken++;
                if (record.Stage == PurchaseStage.Placed)
                {
                    _bought.Add(record.MerchantId);
                }
            }
            else
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => _journal.WriteAsync(record, CancellationToken.None));
                Refused++;
            }

            Assert.Equal(
                Latest.SingleOrDefault(latest => latest.Id == record.Id).Text(),
                (await _journal.FindAsync(record.Id, CancellationToken.None)).Text());
        }

        private async Task PurgeAsync()
        {
            var before = Now - _rig.Options.Retention;
            var newest = _states.LastOrDefault()?.Id;
            var gone = Latest.Where(record => PurchaseStages.IsOver(record.Stage) && record.WrittenAt < before && record.Id != newest)
                .Select(record => record.Id).ToHashSet();
            var states = _states.RemoveAll(state => gone.Contains(state.Id));
            var kept = _trips.Where((trip, i) => trip >= before || i == _trips.Count - 1).ToArray();
            var trips = _trips.Count - kept.Length;
            _trips.Clear();
            _trips.AddRange(kept);

            Assert.Equal(new JournalPurge(gone.Count, states, trips), await _journal.PurgeAsync(CancellationToken.None));
            Purged += gone.Count;
        }
    }
}
