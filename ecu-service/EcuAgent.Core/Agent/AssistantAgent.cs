using EcuAgent.Core.Agent.Errands;
using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Agent.Tools;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using Microsoft.Extensions.Logging;
using Nito.AsyncEx;

namespace EcuAgent.Core.Agent;

/// <summary>
/// The agent: takes utterances, plans with the model, asks the gate, commands, and replies from the outcomes. All members may be called
/// from any thread. Utterances are planned and acted upon one at a time in the order of the calls; waiting for outcomes does not hold up
/// the next one. At most <see cref="AgentOptions.MaxWaitingUtterances"/> wait; one more is refused with a spoken "one moment" and counted.
/// A new utterance does not take back commands of an earlier one.
/// </summary>
public sealed class AssistantAgent : IDisposable
{
    private const int RememberedUtterances = 128;
    private const int LongestId = 36;

    private readonly AgentServices _services;
    private readonly AgentOptions _options;
    private readonly AgentTally _tally = new();
    private readonly ILogger _logger;
    private readonly Planner _planner;
    private readonly CommandTracker _tracker;
    private readonly Recorder _recorder;
    private readonly Voice _voice;
    private readonly TurnReply _reply;
    private readonly CommandRunner _commands;
    private readonly NavigationCalls _navigation;
    private readonly ToolDesk _tools;
    private readonly CommerceDesk _commerce;
    private readonly OrderBook _orders;
    private readonly CallExecutor _executor;
    private readonly TurnMemory _memory;
    private readonly AsyncLock _turn = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _seenOrder = new();
    private int _waiting;
    private int _busy;
    private long _lastBusy;
    private volatile string _modelFault = "";

    /// <summary>Makes an agent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">A preference of the person is wrong; it is named with its value.</exception>
    public AssistantAgent(AgentServices services, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Preferences.Faults(services.Catalogue) is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _services = services;
        _options = options;
        _logger = services.Loggers.CreateLogger<AssistantAgent>();
        _planner = new Planner(services.Model, services.Catalogue, options, services.Time, services.Loggers.CreateLogger<Planner>());
        _tracker = new CommandTracker(services.Time, services.CommandTracker, services.Loggers.CreateLogger<CommandTracker>());
        _recorder = new Recorder(services, _tally, _logger);
        _voice = new Voice(services, _tally, _logger);
        _commands = new CommandRunner(services, options, _tracker, _recorder, _tally, _logger);
        var places = new PlaceFinder(services, options, _tally, _logger);
        _navigation = new NavigationCalls(services, options, places, _commands, _recorder);
        var forecast = new TripForecast(services, options, places);
        var finder = new OfferFinder(services, options, forecast, places, _logger);
        _orders = new OrderBook(services, _recorder, _voice);
        _reply = new TurnReply(_commands, _voice);
        var offers = new OfferSearch(services, options, finder);
        var purchases = Purchases(forecast, finder);
        var deferrals = new DeferralDesk(services, options, _recorder, _voice, _tally);
        var errands = Errands(new ErrandCandidates(services, options, finder, places, forecast, _orders), forecast, purchases, deferrals);
        _tools = new ToolDesk(services, options, _commands, deferrals, _recorder, _voice, _tally, _logger);
        var takeUp = new TakeUp(services, purchases, deferrals, errands, _tools, _recorder, _reply);
        _commerce = new CommerceDesk(services, options, offers, purchases, deferrals, takeUp, errands, _orders, _tools);
        _executor = new CallExecutor(services, options, _commands, _navigation, new Surroundings(services, options, places, _recorder), _commerce, new PaymentAnswers(services), _recorder, _tally, _logger);
        _memory = new TurnMemory(services.Time, options.TurnMemory);
        _tracker.Finished += _recorder.Ended;
    }

    /// <summary>Counters of the agent now.</summary>
    public AgentCounters Counters => _tally.Read();

    /// <summary>Counters of the command table now.</summary>
    public CommandCounters CommandCounters => _tracker.Counters;

    /// <summary>Codes of what does not work right now; empty when all is well.</summary>
    public IReadOnlyList<string> DegradedReasons
    {
        get
        {
            var audit = _services.Audit.DegradedReasons;
            return _modelFault.Length == 0 ? audit : [_modelFault, .. audit];
        }
    }

    /// <summary>
    /// Whether nothing is going on that would be lost if this service ended: no request, no open command or question, nothing deferred or planned.
    /// </summary>
    /// <param name="since">For how long nothing has been going on.</param>
    public bool IsQuiet(TimeSpan since) =>
        Volatile.Read(ref _busy) == 0
        && (Volatile.Read(ref _lastBusy) == 0 || _services.Time.GetElapsedTime(Volatile.Read(ref _lastBusy)) >= since)
        && _tracker.Counters.Open == 0
        && _services.Confirmations.Current is null
        && _services.Deferrals.Count == 0
        && !_commerce.HasPlan;

    /// <summary>
    /// Takes one utterance through planning, gate, commands and outcomes to the reply. Bad utterances and failures of the model or of ports are
    /// values in the report.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before all calls were acted upon.</exception>
    public async Task<TurnReport> HandleUtteranceAsync(Utterance utterance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        _tally.Add(AgentCount.UtterancesReceived);
        if (Fault(utterance) is { } fault)
        {
            Log.UtteranceIgnored(_logger, fault);
            return new TurnReport { UtteranceId = utterance.UtteranceId ?? "", Status = TurnStatus.Ignored };
        }

        // An unusable confidence must not read as a good one anywhere further on.
        var confidence = utterance.AsrConfidence is >= 0 and <= 1 ? utterance.AsrConfidence : 0;
        var turn = new Turn(utterance with { AsrConfidence = confidence }, Phrases.For(utterance.Language, utterance.Text), _services.Time);
        using var busy = Busy();
        if (utterance.TakeOver == UtteranceTakeOver.TellOnly)
        {
            return await RefuseAsync(turn, TurnStatus.Interrupted, AgentReasons.Interrupted, turn.Phrases.Interrupted).ConfigureAwait(false);
        }

        // Those of a service that died come all at once; there are few, and nobody would say them again by now.
        var share = utterance.TakeOver == UtteranceTakeOver.None ? 1 : 0;
        if (Interlocked.Add(ref _waiting, share) > _options.MaxWaitingUtterances + 1 && share > 0)
        {
            Interlocked.Add(ref _waiting, -share);
            _tally.Add(AgentCount.UtterancesDropped);
            Log.UtteranceDropped(_logger, turn.Utterance.UtteranceId, _options.MaxWaitingUtterances);
            return await RefuseAsync(turn, TurnStatus.Busy, AgentReasons.Busy, turn.Phrases.OneMoment).ConfigureAwait(false);
        }

        try
        {
            using (await _turn.LockAsync(cancellationToken).ConfigureAwait(false))
            {
                await ActAsync(turn, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Add(ref _waiting, -share);
        }

        return await ReplyAsync(turn).ConfigureAwait(false);
    }

    /// <summary>Takes in what an ECU reports about a command.</summary>
    public OutcomeHandling OnCommandOutcome(CommandOutcome outcome) => _tracker.OnOutcome(outcome);

    /// <summary>To be called after a state of the climate or navigation ECU went into the snapshot.</summary>
    public void OnReadBackChanged() => _commands.OnReadBackChanged();

    /// <summary>To be called after every change of the driving state; revokes at once what the new state does not allow.</summary>
    public Task OnSituationChangedAsync() => _commerce.OnSituationChangedAsync();

    /// <summary>Takes in the answer to an open question.</summary>
    public async Task OnConfirmationAsync(ConfirmationAnswer answer)
    {
        using var busy = Busy();
        if (_navigation.Drop(answer.QuestionId) is { } choice)
        {
            await AnswerChoiceAsync(choice, answer.Yes).ConfigureAwait(false);
            return;
        }

        if (!await _commerce.AnswerAsync(answer).ConfigureAwait(false))
        {
            _tally.Add(AgentCount.AnswersUnmatched);
            Log.AnswerUnmatched(_logger, answer.QuestionId is { Length: <= LongestId } id ? id : "(malformed)");
        }
    }

    /// <summary>To be called about twice a second: ends what ran out and takes up deferred requests.</summary>
    public Task TickAsync()
    {
        _memory.ForgetOld();
        return _commerce.TickAsync();
    }

    /// <summary>
    /// To be called at the start and every few seconds: finds out what became of orders whose outcome is open, and tells it. One call at a time.
    /// </summary>
    public Task SettleOrdersAsync(CancellationToken cancellationToken) => _orders.SettleAsync(cancellationToken);

    /// <summary>To be called about once a minute: publishes how far placed orders are, and tells which ones were taken back. One call at a time.</summary>
    public Task FollowOrdersAsync(CancellationToken cancellationToken) => _orders.FollowAsync(cancellationToken);

    /// <summary>
    /// To be called when a merchant says that something happened to an order: asks that merchant about that order, and publishes and tells what is
    /// new. What somebody else has found out already is not told again.
    /// </summary>
    public Task<OrderLookKind> LookAtOrderAsync(string merchantId, string sessionId, CancellationToken cancellationToken) =>
        _orders.LookAsync(merchantId, sessionId, cancellationToken);

    /// <summary>Stops the timers of open commands.</summary>
    public void Dispose() => _tracker.Dispose();

    private PurchaseDesk Purchases(TripForecast forecast, OfferFinder finder)
    {
        var ending = new OrderEnding(_services, _recorder, _voice);
        var quoter = new OrderQuoter(_services, finder, forecast, _recorder);
        var readBacks = new ReadBackDesk(_services, _options, ending, _recorder, _voice, _tally);
        var changer = new OrderChanger(_services, finder, forecast, quoter, readBacks, ending, _recorder);
        var committer = new OrderCommitter(
            _services, _options, quoter, changer, readBacks, ending, new ArrivalGuide(_services, forecast, _commands, _reply), _recorder, _tally);
        return new PurchaseDesk(_services, quoter, readBacks, changer, committer, ending, _recorder, _voice);
    }

    private ErrandDesk Errands(ErrandCandidates candidates, TripForecast forecast, PurchaseDesk purchases, DeferralDesk deferrals)
    {
        var stops = new RouteStops(forecast);
        var planner = new TripPlanner(_services, _options, forecast, stops);
        var scheduler = new ErrandScheduler(_services, _options, planner);
        var dispatcher = new ErrandDispatcher(_services, planner, forecast, stops, scheduler, purchases, deferrals, _commands, _recorder);
        return new ErrandDesk(
            _services, _options, new ErrandIntake(_options, candidates, forecast, purchases, _recorder), scheduler, dispatcher, stops, _reply);
    }

    private static string Signature(Plan plan) => string.Join(
        '\n',
        plan.Calls.Select(call => call.Signature?.ToUpperInvariant() ?? call.Proposal.Name));

    private string? Fault(Utterance utterance)
    {
        if (utterance.UtteranceId is not { Length: > 0 and <= LongestId })
        {
            _tally.Add(AgentCount.UtterancesMalformed);
            return "the id is empty or longer than 36";
        }

        if (string.IsNullOrWhiteSpace(utterance.Text) || utterance.Text.Length > Utterance.LongestText)
        {
            _tally.Add(AgentCount.UtterancesMalformed);
            return "the text is empty or longer than 512";
        }

        lock (_gate)
        {
            if (!_seen.Add(utterance.UtteranceId))
            {
                _tally.Add(AgentCount.UtterancesRepeated);
                return "the id was there before";
            }

            _seenOrder.Enqueue(utterance.UtteranceId);
            if (_seenOrder.Count > RememberedUtterances)
            {
                _seen.Remove(_seenOrder.Dequeue());
            }
        }

        return null;
    }

    private async Task<TurnReport> RefuseAsync(Turn turn, TurnStatus status, string reason, string clause)
    {
        turn.Status = status;
        await _recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance).ConfigureAwait(false);
        turn.Add("").Clauses.Add(clause);
        return await ReplyAsync(turn).ConfigureAwait(false);
    }

    private BusyMark Busy()
    {
        Interlocked.Increment(ref _busy);
        return new BusyMark(this);
    }

    private async Task ActAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.Utterance.AsrConfidence < _options.MinimumAsrConfidence)
        {
            await AskInsteadAsync(turn, AgentReasons.UtteranceUnclear, turn.Phrases.SayAgain).ConfigureAwait(false);
            return;
        }

        var zone = turn.Utterance.SpeakerZone;
        if (await _navigation.TryChooseAsync(turn, cancellationToken).ConfigureAwait(false) || await TryToolAsync(turn, cancellationToken).ConfigureAwait(false))
        {
            _memory.Supersede(zone, null);
            return;
        }

        var plan = await PlanAsync(turn, turn.Utterance.Text, cancellationToken).ConfigureAwait(false);
        turn.Plan = plan;
        _recorder.Answered(turn.Utterance, plan);
        turn.PlannedAfter = turn.Elapsed;
        if (plan.Status != PlanStatus.Planned)
        {
            _memory.Supersede(zone, null);
            await AnswerNoPlanAsync(turn, plan.Status).ConfigureAwait(false);
            return;
        }

        if (await DisagreesAsync(turn, plan, cancellationToken).ConfigureAwait(false) is { } other)
        {
            _memory.Supersede(zone, null);
            await AskInsteadAsync(turn, AgentReasons.HypothesesDisagree, turn.Phrases.DidYouMean(turn.Utterance.Text, other)).ConfigureAwait(false);
            return;
        }

        _memory.Supersede(zone, EarlierTurn.From(turn.Utterance.Text, plan));
        _tally.Add(AgentCount.CallsProposed, plan.Calls.Count + plan.DroppedCalls + plan.RepeatedCalls);
        _tally.Add(AgentCount.CallsRepeated, plan.RepeatedCalls);
        turn.Errands = _commerce.ExpectsErrands(plan, turn.Utterance.Text) ? [] : null;
        foreach (var call in plan.Calls)
        {
            await _executor.RunAsync(turn, call, cancellationToken).ConfigureAwait(false);
        }

        await _executor.RunErrandsAsync(turn, cancellationToken).ConfigureAwait(false);

        if (plan.DroppedCalls > 0)
        {
            _tally.Add(AgentCount.CallsTooMany, plan.DroppedCalls);
            await _recorder.OwnAsync(DecisionKind.Deny, CallRules.MaxCalls, turn.Utterance).ConfigureAwait(false);
            turn.Add("").Clauses.Add(turn.Phrases.TooManyRequests);
        }
    }

    // Sentences of the tools file are understood without the model, which cannot know them.
    private async Task<bool> TryToolAsync(Turn turn, CancellationToken cancellationToken)
    {
        var said = turn.Utterance;
        var match = _tools.Match(said.Text, said.Language);
        if (match.IsAmbiguous)
        {
            await AskInsteadAsync(turn, AgentReasons.ToolAmbiguous, turn.Phrases.ToolAmbiguous).ConfigureAwait(false);
            return true;
        }

        if (match.Sentence is not { } sentence)
        {
            return false;
        }

        if (OtherHypothesis(said) is { } other && _tools.Match(other, said.Language).Sentence?.IsSame(sentence) != true)
        {
            await AskInsteadAsync(turn, AgentReasons.HypothesesDisagree, turn.Phrases.DidYouMean(said.Text, other)).ConfigureAwait(false);
            return true;
        }

        _tools.Start(turn, sentence, cancellationToken);
        return true;
    }

    private async Task<Plan> PlanAsync(Turn turn, string text, CancellationToken cancellationToken)
    {
        var snapshot = _services.Snapshot();
        var request = new PlanRequest(text, snapshot.Driving.State, turn.Utterance.SpeakerZone, VehicleContextWriter.Write(snapshot))
        {
            Earlier = _memory.Recall(turn.Utterance.SpeakerZone, text),
        };
        turn.Earlier = request.Earlier;
        var plan = await _planner.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        _modelFault = plan.Status switch
        {
            PlanStatus.Failed => AgentReasons.ModelFailed,
            PlanStatus.TimedOut => AgentReasons.ModelTimedOut,
            _ => "",
        };
        return plan;
    }

    private async Task AnswerNoPlanAsync(Turn turn, PlanStatus status)
    {
        if (status == PlanStatus.NoCalls)
        {
            _tally.Add(AgentCount.ModelNoCalls);
            await _recorder.OwnAsync(DecisionKind.Ask, AgentReasons.NoCalls, turn.Utterance).ConfigureAwait(false);
            turn.TryAsk(turn.Phrases.NotUnderstood, "");
            return;
        }

        var timedOut = status == PlanStatus.TimedOut;
        _tally.Add(timedOut ? AgentCount.ModelTimeouts : AgentCount.ModelFailures);
        turn.Status = TurnStatus.ModelFailed;
        await _recorder.OwnAsync(DecisionKind.Deny, timedOut ? AgentReasons.ModelTimedOut : AgentReasons.ModelFailed, turn.Utterance).ConfigureAwait(false);
        turn.Add("").Clauses.Add(turn.Phrases.ModelUnavailable);
    }

    // What else may have been said, where the recognizer was not sure.
    private string? OtherHypothesis(Utterance said) =>
        said.AsrConfidence < _options.CompareAlternativesBelow
        && said.Alternatives.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { Length: <= Utterance.LongestText } other
            ? other
            : null;

    private async Task<string?> DisagreesAsync(Turn turn, Plan plan, CancellationToken cancellationToken)
    {
        if (OtherHypothesis(turn.Utterance) is not { } other)
        {
            return null;
        }

        var second = await PlanAsync(turn, other, cancellationToken).ConfigureAwait(false);
        return second.Status == PlanStatus.Planned && Signature(second) != Signature(plan) ? other : null;
    }

    private async Task AskInsteadAsync(Turn turn, string reason, string question)
    {
        _tally.Add(AgentCount.UtterancesUnclear);
        await _recorder.OwnAsync(DecisionKind.Ask, reason, turn.Utterance).ConfigureAwait(false);
        turn.Add("").ReasonCode = reason;
        turn.TryAsk(question, "");
    }

    private async Task AnswerChoiceAsync(PlaceChoice choice, bool yes)
    {
        var zone = choice.Request.Zone;
        if (!yes)
        {
            await _voice.SayAsync(choice.Phrases, [choice.Phrases.NothingChosen], null, _voice.Frame("", zone)).ConfigureAwait(false);
            return;
        }

        // A yes to "which one" does not say which one.
        _navigation.Remember(choice);
        var options = PlaceFinder.Spoken(choice.Phrases, choice.Places, _services.Snapshot());
        await _voice.SayAsync(choice.Phrases, [], choice.Phrases.WhichPlace(options), _voice.Frame("", zone, choice.QuestionId)).ConfigureAwait(false);
    }

    private async Task<TurnReport> ReplyAsync(Turn turn)
    {
        var text = await _reply.SayAsync(turn).ConfigureAwait(false);
        var report = new TurnReport
        {
            UtteranceId = turn.Utterance.UtteranceId,
            Status = turn.Status,
            Plan = turn.Plan,
            Calls = [.. turn.Parts.Where(part => part.Tool.Length > 0).Select(part => part.Report())],
            ReplyText = text,
            OpenQuestionId = turn.QuestionId,
            PlannedAfter = turn.PlannedAfter,
            FirstCommandAfter = turn.FirstCommandAfter,
            RepliedAfter = turn.Elapsed,
        };
        Log.TurnEnded(_logger, report.UtteranceId, report.Status, report.Calls.Count, report.RepliedAfter.TotalMilliseconds);
        if (_logger.IsEnabled(LogLevel.Trace))
        {
            Log.TurnSpeech(_logger, report.UtteranceId, turn.Utterance.Text, string.Join("; ", report.Calls.Select(call => call.Tool)), text);
        }

        return report;
    }

    private readonly struct BusyMark(AssistantAgent agent) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref agent._lastBusy, agent._services.Time.GetTimestamp());
            Interlocked.Decrement(ref agent._busy);
        }
    }
}
