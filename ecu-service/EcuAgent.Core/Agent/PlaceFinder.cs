using System.Globalization;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Asks for places and picks the one that was meant, if there is one.</summary>
internal sealed class PlaceFinder(AgentServices services, AgentOptions options, AgentTally tally, ILogger logger)
{
    /// <summary>Asks the map. Failures and silence are values.</summary>
    public async Task<PlaceAnswer> AskAsync(
        string text, PlaceCategory category, PlaceNear near, bool openNow, int maxResults, CancellationToken cancellationToken, string diet = "")
    {
        var now = services.Time.GetUtcNow();
        var query = new PlaceQuery
        {
            RequestId = Guid.CreateVersion7(now).ToString(),
            Expires = now + options.PlaceTimeout,
            Text = text,
            Category = category,
            Near = near,
            OpenNow = openNow,
            Diet = diet,
            MaxResults = Math.Clamp(maxResults, 1, PlaceQuery.HighestMaxResults),
            Position = services.Snapshot().Location.TryGet(out var location)
                ? new GeoPoint(location.LatitudeDegrees, location.LongitudeDegrees)
                : null,
        };
        PlaceAnswer answer;
        try
        {
            answer = await services.Places.QueryAsync(query, cancellationToken)
                .WaitAsync(options.PlaceTimeout, services.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            answer = PlaceAnswer.TimedOut;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A transport can throw anything; the person is told that the place could not be looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.PlacesFailed(logger, exception);
            answer = PlaceAnswer.Failed;
        }

        if (answer.Status is PlaceStatus.Failed or PlaceStatus.TimedOut)
        {
            tally.Add(AgentCount.PlaceFailures);
        }

        return answer is { Status: PlaceStatus.Found, Places.Count: 0 } ? PlaceAnswer.None : answer;
    }

    /// <summary>
    /// The places that fit equally well: those with exactly the spoken name; failing that those whose name is similar; failing that all.
    /// One result means that the choice is clear.
    /// </summary>
    public static IReadOnlyList<Place> Candidates(string spoken, IReadOnlyList<Place> places)
    {
        var distinct = places.DistinctBy(place => place.PlaceId).ToList();
        return Named(spoken, distinct) is { Count: > 0 } named ? named : distinct;
    }

    /// <summary>The places with exactly the spoken name; failing that those whose name is similar; empty when none is.</summary>
    public static IReadOnlyList<Place> Named(string spoken, IReadOnlyList<Place> places)
    {
        var distinct = places.DistinctBy(place => place.PlaceId).ToList();
        var wanted = Plain(spoken);
        var exact = distinct.FindAll(place => Plain(place.Name) == wanted);
        if (exact.Count > 0)
        {
            return exact;
        }

        return distinct.FindAll(place => Plain(place.Name).Contains(wanted, StringComparison.Ordinal)
            || wanted.Contains(Plain(place.Name), StringComparison.Ordinal));
    }

    /// <summary>What <c>near</c> of a tool call means; here, when it was not said.</summary>
    public static PlaceNear NearOf(ToolArguments arguments) => arguments.Text("near") switch
    {
        "route" => PlaceNear.Route,
        "destination" => PlaceNear.Destination,
        _ => PlaceNear.Here,
    };

    /// <summary>The options as they are spoken.</summary>
    public static IReadOnlyList<string> Spoken(Replies.Phrases phrases, IEnumerable<Place> places, VehicleSnapshot snapshot)
    {
        double? heading = snapshot.Location.TryGet(out var location) && double.IsFinite(location.HeadingDegrees) ? location.HeadingDegrees : null;
        return [.. places.Select(place => phrases.Option(place.Name, place.DistanceM, place.BearingDeg, heading))];
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLower(CultureInfo.InvariantCulture);
}
