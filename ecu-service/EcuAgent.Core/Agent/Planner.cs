using EcuAgent.Core.Catalogue;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Turns an utterance into proposed calls through the model port, and checks them against the catalogue. No side effects beyond the
/// model: usable on its own for evaluation. Safe for use from several threads as far as the chat client is.
/// </summary>
/// <remarks>
/// What the model writes is never shown, spoken or carried out as it is: only checked calls leave the planner. Words spoken in the car
/// may try to steer the model; the worst they reach is a call that the schema allows, which then meets the gate.
/// </remarks>
public sealed class Planner
{
    private readonly IChatClient _model;
    private readonly ToolCatalogue _catalogue;
    private readonly CallValidator _validator;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ChatOptions _chatOptions;
    private readonly ILogger _logger;

    /// <summary>Makes a planner; the client stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Planner(IChatClient model, ToolCatalogue catalogue, AgentOptions options, TimeProvider time, ILogger<Planner> logger)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _model = model;
        _catalogue = catalogue;
        _validator = new CallValidator(catalogue);
        _time = time;
        _timeout = options.ModelTimeout;
        _logger = logger;
        _chatOptions = new ChatOptions
        {
            Tools = [.. catalogue.AsAITools],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = true,
            MaxOutputTokens = options.MaxOutputTokens,
            Temperature = 0,
        };
    }

    /// <summary>Plans one utterance. Failures of the model are values; see <see cref="PlanStatus"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<Plan> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // The wait ends at the limit also with a client that does not look at its token.
            var response = await _model.GetResponseAsync(ModelMessages.For(request), _chatOptions.Clone(), both.Token)
                .WaitAsync(both.Token).ConfigureAwait(false);
            return Read(request, response, _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            Log.ModelTimedOut(_logger, _timeout);
            return Nothing(PlanStatus.TimedOut, started, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any chat client can be plugged in and throw anything; the service stays up and says that it could not answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ModelFailed(_logger, exception);
            return Nothing(PlanStatus.Failed, started, exception);
        }
    }

    private Plan Read(PlanRequest request, ChatResponse response, TimeSpan duration)
    {
        var calls = new List<PlannedCall>();
        var dropped = 0;
        var repeated = 0;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            if (calls.Count >= _catalogue.MaxCallsPerUtterance)
            {
                dropped++;
                continue;
            }

            var call = Check(content, request);
            if (call.Signature is { } signature && !said.Add(signature))
            {
                repeated++;
                continue;
            }

            calls.Add(call);
        }

        var status = calls.Count > 0 ? PlanStatus.Planned : PlanStatus.NoCalls;
        return new Plan(status, calls, dropped, duration, response.Usage?.OutputTokenCount, null)
        {
            RepeatedCalls = repeated,
            Model = ModelOrigin.Of(response.ModelId),
        };
    }

    private PlannedCall Check(FunctionCallContent content, PlanRequest request)
    {
        var arguments = content.Arguments is null
            ? new Dictionary<string, object?>()
            : new Dictionary<string, object?>(content.Arguments, StringComparer.Ordinal);
        var proposal = new ProposedCall(content.Name, arguments);
        var earlierPays = request.Earlier?.Calls.Any(call => call.Name == ToolNames.Pay) ?? false;
        var check = _validator.Validate(proposal, request.Text, request.Earlier?.Text ?? "", earlierPays);
        return content.Exception is null
            ? new PlannedCall(proposal, check)
            : new PlannedCall(proposal, check with { Faults = [.. check.Faults, new CallFault("$", "", CallRules.Readable)] });
    }

    private Plan Nothing(PlanStatus status, long started, Exception? error) => new(status, [], 0, _time.GetElapsedTime(started), null, error);
}
