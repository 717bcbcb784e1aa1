using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>Carries out navigation and place calls. Remembers the last choice of places, so that "the second one" means something.</summary>
internal sealed class NavigationCalls(
    AgentServices services, AgentOptions options, PlaceFinder places, CommandRunner commands, Recorder recorder)
{
    private readonly Lock _gate = new();
    private PlaceChoice? _choice;

    /// <summary>Goes or stops at a place that was named.</summary>
    public async Task ToNamedAsync(Turn turn, TurnPart part, GateRequest request, NavigationAction action, string spoken, CancellationToken cancellationToken)
    {
        var near = action == NavigationAction.AddStop ? PlaceNear.Route : PlaceNear.Here;
        var answer = await places.AskAsync(spoken, PlaceCategory.Any, near, false, PlaceQuery.HighestMaxResults, cancellationToken).ConfigureAwait(false);
        if (!await HasPlacesAsync(turn, part, request, answer, turn.Phrases.PlaceNotFound(spoken)).ConfigureAwait(false))
        {
            return;
        }

        var candidates = PlaceFinder.Candidates(spoken, answer.Places);
        if (candidates.Count == 1)
        {
            await GoAsync(turn, part, request, action, candidates[0], cancellationToken).ConfigureAwait(false);
            return;
        }

        part.ReasonCode = AgentReasons.PlaceAmbiguous;
        await recorder.OwnAsync(DecisionKind.Ask, AgentReasons.PlaceAmbiguous, turn.Utterance, part.Tool, request.ActionClass).ConfigureAwait(false);
        var offered = candidates.Take(options.MaxQuestionOptions).ToList();
        var choice = new PlaceChoice(
            services.NewId(), action, request, offered, turn.Phrases, services.Time.GetTimestamp());
        if (turn.TryAsk(turn.Phrases.WhichPlace(PlaceFinder.Spoken(turn.Phrases, offered, services.Snapshot())), choice.QuestionId))
        {
            Remember(choice);
        }
        else
        {
            part.Clauses.Add(turn.Phrases.QuestionOpen);
        }
    }

    /// <summary>Goes home or to work.</summary>
    public async Task ToSavedAsync(Turn turn, TurnPart part, GateRequest request, bool home, CancellationToken cancellationToken)
    {
        var answer = await places.AskAsync("", home ? PlaceCategory.Home : PlaceCategory.Work, PlaceNear.Here, false, 1, cancellationToken).ConfigureAwait(false);
        if (await HasPlacesAsync(turn, part, request, answer, turn.Phrases.SavedPlaceMissing(home)).ConfigureAwait(false))
        {
            await GoAsync(turn, part, request, NavigationAction.SetDestination, answer.Places[0], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells places; the person may pick one of them next.</summary>
    public async Task SearchAsync(Turn turn, TurnPart part, GateRequest request, ToolArguments arguments, int maxOptions, CancellationToken cancellationToken)
    {
        var near = PlaceFinder.NearOf(arguments);
        var category = Enum.TryParse<PlaceCategory>(arguments.Text("category"), ignoreCase: true, out var named) ? named : PlaceCategory.Any;
        var answer = await places.AskAsync(
            arguments.Text("query") ?? "", category, near, arguments.Flag("open_now") ?? false, maxOptions, cancellationToken, arguments.Text("diet") ?? "").ConfigureAwait(false);
        if (!await HasPlacesAsync(turn, part, request, answer, turn.Phrases.NoPlaces).ConfigureAwait(false))
        {
            return;
        }

        // "Find a cafe and go to the nearest" chooses within the same utterance.
        var told = answer.Places.Take(maxOptions).ToList();
        turn.Offered = new PlaceChoice(
            "", NavigationAction.SetDestination, request with { ActionClass = ActionClass.Navigate, ToolName = ToolNames.NavigateTo },
            told, turn.Phrases, services.Time.GetTimestamp());
        Remember(turn.Offered);
        part.Clauses.Add(turn.Phrases.PlaceList(PlaceFinder.Spoken(turn.Phrases, told, services.Snapshot())));
    }

    /// <summary>Tells where a named place is.</summary>
    public async Task WhereIsAsync(Turn turn, TurnPart part, GateRequest request, string spoken, CancellationToken cancellationToken)
    {
        var answer = await places.AskAsync(spoken, PlaceCategory.Any, PlaceNear.Here, false, PlaceQuery.HighestMaxResults, cancellationToken).ConfigureAwait(false);
        if (await HasPlacesAsync(turn, part, request, answer, turn.Phrases.PlaceNotFound(spoken)).ConfigureAwait(false))
        {
            var nearest = PlaceFinder.Candidates(spoken, answer.Places)[0];
            part.Clauses.Add(turn.Phrases.TowardsPlace(PlaceFinder.Spoken(turn.Phrases, [nearest], services.Snapshot())[0]));
        }
    }

    /// <summary>Ends guidance or changes what the route avoids.</summary>
    public Task ChangeRouteAsync(Turn turn, TurnPart part, GateRequest request, NavigationAction action, RouteAvoidance avoidance, CancellationToken cancellationToken) =>
        commands.IssueAsync(turn, part, request, [New(turn, action) with { Avoidance = avoidance }], cancellationToken);

    /// <summary>Takes the utterance as the answer to the last choice of places, if it is one.</summary>
    public async Task<bool> TryChooseAsync(Turn turn, CancellationToken cancellationToken)
    {
        PlaceChoice? choice;
        lock (_gate)
        {
            choice = _choice;

            // Any next utterance ends the choice: a number said much later must not start a route.
            _choice = null;
        }

        if (choice is null || services.Time.GetElapsedTime(choice.Asked) > options.QuestionOpenFor)
        {
            return false;
        }

        // The model may understand as a choice what the matcher does not.
        turn.Offered = choice;
        if (choice.Taken is not null || ChoiceMatcher.Match(turn.Utterance.Text, choice.Places) is not { } index)
        {
            return false;
        }

        var part = turn.Add(choice.Request.ToolName ?? ToolNames.NavigateTo);
        await TakeAsync(turn, part, choice, index, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes one of the places that were offered just before; asks back when none was, or when the word does not decide.</summary>
    public async Task ChooseAsync(Turn turn, TurnPart part, string which, CancellationToken cancellationToken)
    {
        if (turn.Offered is not { } choice)
        {
            await AskBackAsync(turn, part, AgentReasons.NothingOffered, turn.Phrases.NothingToChoose, "").ConfigureAwait(false);
            return;
        }

        if (OptionPicker.Pick(which, choice.Places, choice.Taken) is { } index)
        {
            await TakeAsync(turn, part, choice, index, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Still open, so that the next answer can decide.
        Remember(choice with { Asked = services.Time.GetTimestamp() });
        var spoken = PlaceFinder.Spoken(turn.Phrases, choice.Places, services.Snapshot());
        var question = which is "cheapest" or "best_rated" ? turn.Phrases.NotKnownOfOptions(which, spoken) : turn.Phrases.WhichPlace(spoken);
        await AskBackAsync(turn, part, AgentReasons.ChoiceUnclear, question, choice.QuestionId).ConfigureAwait(false);
    }

    /// <summary>Drops the choice with this question id; the choice when it was open.</summary>
    public PlaceChoice? Drop(string? questionId)
    {
        lock (_gate)
        {
            if (string.IsNullOrEmpty(questionId) || _choice?.QuestionId != questionId)
            {
                return null;
            }

            var choice = _choice;
            _choice = null;
            return choice;
        }
    }

    /// <summary>Puts a choice back, for an answer that does not say which.</summary>
    public void Remember(PlaceChoice choice)
    {
        lock (_gate)
        {
            _choice = choice;
        }
    }

    private static async Task<bool> HasPlacesAsync(Turn turn, TurnPart part, string none, PlaceAnswer answer, Func<string, Task> record)
    {
        switch (answer.Status)
        {
            case PlaceStatus.Found:
                return true;
            case PlaceStatus.None:
                part.ReasonCode = AgentReasons.PlaceNotFound;
                part.Clauses.Add(none);
                break;
            default:
                part.ReasonCode = AgentReasons.PlacesUnavailable;
                part.Clauses.Add(turn.Phrases.PlacesUnavailable);
                break;
        }

        await record(part.ReasonCode).ConfigureAwait(false);
        return false;
    }

    private Task<bool> HasPlacesAsync(Turn turn, TurnPart part, GateRequest request, PlaceAnswer answer, string none) =>
        HasPlacesAsync(
            turn,
            part,
            none,
            answer,
            async reason => await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, part.Tool, request.ActionClass).ConfigureAwait(false));

    private async Task TakeAsync(Turn turn, TurnPart part, PlaceChoice choice, int index, CancellationToken cancellationToken)
    {
        // The gate judges the route itself, as for a place that was named.
        var request = choice.Request with
        {
            UtteranceId = turn.Utterance.UtteranceId,
            Zone = turn.Utterance.SpeakerZone,
            AsrConfidence = turn.Utterance.AsrConfidence,
        };
        var before = choice.StopOnRoute;
        if (before is not null && choice.Taken == index)
        {
            Remember(choice with { Asked = services.Time.GetTimestamp() });
            part.Clauses.Add(turn.Phrases.AlreadyAStop(before.Name));
            return;
        }

        Remember(choice with { QuestionId = "", Asked = services.Time.GetTimestamp(), Taken = index, TakenBy = part });
        await GoAsync(turn, part, request, choice.Action, choice.Places[index], cancellationToken).ConfigureAwait(false);
        if (before is not null)
        {
            // The navigation ECU has no command that takes one stop off: what was chosen before stays, and the person must know.
            part.Clauses.Add(turn.Phrases.StopStays(before.Name));
        }
    }

    private async Task AskBackAsync(Turn turn, TurnPart part, string reason, string question, string questionId)
    {
        part.ReasonCode = reason;
        await recorder.OwnAsync(DecisionKind.Ask, reason, turn.Utterance, part.Tool).ConfigureAwait(false);
        if (!turn.TryAsk(question, questionId))
        {
            part.Clauses.Add(turn.Phrases.QuestionOpen);
        }
    }

    private Task GoAsync(Turn turn, TurnPart part, GateRequest request, NavigationAction action, Place place, CancellationToken cancellationToken) =>
        commands.IssueAsync(
            turn,
            part,
            request,
            [New(turn, action) with { PlaceId = place.PlaceId, DestinationName = place.Name, Position = place.Position }],
            cancellationToken);

    private NavigationCommand New(Turn turn, NavigationAction action) => commands.Stamp(turn.Utterance).Navigation(action);
}
