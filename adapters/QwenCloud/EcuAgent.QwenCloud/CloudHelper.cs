using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.QwenCloud.Helping;
using EcuAgent.QwenCloud.Leaving;
using EcuAgent.QwenCloud.Privacy;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EcuAgent.QwenCloud;

/// <summary>
/// Asks the endpoint on behalf of the local model, when everything allows it. Whatever goes wrong, the answer is "none" and the local
/// one holds. What it returns are proposals: they meet the same check, gate and confirmation as local ones.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class CloudHelper : IDisposable
{
    private const int LongestNameInRecords = 48;

    private static readonly ResiliencePropertyKey<TimeSpan> LimitKey = new("limit");
    private static readonly TimeSpan SamplingTime = TimeSpan.FromMinutes(1);

    private readonly QwenCloudOptions _options;
    private readonly CloudHelperServices _services;
    private readonly ILogger _logger;
    private readonly string _modelId;
    private readonly CallValidator _validator;
    private readonly IChatClient? _client;
    private readonly bool _ownsClient;
    private readonly Link _link;
    private readonly Func<bool> _isOnline;
    private readonly SentRecord _record;
    private readonly HelperBoard _board;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ChatOptions _chatOptions;
    private readonly Lock _holdGate = new();
    private long _heldSince;
    private TimeSpan _hold;

    /// <summary>Makes a helper. Without a key it is made all the same and refuses every request for that reason.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or there is no endpoint.</exception>
    /// <exception cref="IOException">The record is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The record is there and may not be read.</exception>
    public CloudHelper(QwenCloudOptions options, CloudHelperServices services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        if (options.Faults() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        if (options.Endpoint is not { } endpoint)
        {
            throw new ArgumentException($"{nameof(options.Endpoint)} is missing", nameof(options));
        }

        _options = options;
        _services = services;
        _logger = services.Loggers.CreateLogger<CloudHelper>();
        _modelId = ModelOrigin.CloudPrefix + NameForRecords(options.Model);
        _validator = new CallValidator(services.Catalogue);
        var key = ApiKey.Read(options);
        _ownsClient = services.Client is null;
        _client = services.Client ?? (key.IsPresent ? new QwenCloudChatClient(options, key, services.Time) : null);
        _link = new Link(isNeeded: services.IsOnline is null && !QwenCloudOptions.IsLoopback(endpoint));
        _isOnline = services.IsOnline ?? (() => _link.IsUp);
        _record = new SentRecord(options.ResolvedDirectory, options.MaxRecordFileBytes, services.Time);
        _board = new HelperBoard(options, key.Source, services.Time, _logger);
        _pipeline = MakePipeline();
        _chatOptions = new ChatOptions
        {
            Tools = [.. services.Catalogue.AsAITools.Where(tool => services.Catalogue.TryGet(tool.Name, out var own) && AnswerRule.MayPropose(own)).Select(CloudTool.Of)],
            ToolMode = options.RequireCall && options.EnableThinking != true ? ChatToolMode.RequireAny : ChatToolMode.Auto,
            AllowMultipleToolCalls = true,
            MaxOutputTokens = options.MaxOutputTokens,
            Temperature = 0,
        };
        var consent = ReasonCode.Of(ReadConsent(services.Snapshot()));
        Log.HelperOn(_logger, options.Origin, options.Model, key.Source, consent);
        _board.Write(consent, CircuitCode);
    }

    private string CircuitCode => ReasonCode.Of(_circuit.CircuitState);

    /// <summary>How often a code was counted since the start: "asked", "sent", "answered", or any reason code.</summary>
    public long Count(string code) => _board[code];

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        if (_ownsClient)
        {
            _client?.Dispose();
        }
    }

    /// <summary>Asks the endpoint if the local answer is not one and everything allows it.</summary>
    /// <param name="utterance">What was said last.</param>
    /// <param name="local">The local answer's calls, checked.</param>
    /// <param name="spent">How much of the agent's budget is gone.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>An answer to use in place of the local one, or null.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    internal async Task<ChatResponse?> TryAsync(
        string utterance, IReadOnlyList<CallValidation> local, TimeSpan spent, CancellationToken cancellationToken)
    {
        var beyond = BeyondLocalRule.Judge(local);
        if (beyond is BeyondLocal.No or BeyondLocal.Unsafe)
        {
            return null;
        }

        var why = ReasonCode.Of(beyond);
        _board.Count("asked");
        var limit = _services.ModelBudget - spent - _options.Reserve;
        limit = limit < _options.RequestTimeout ? limit : _options.RequestTimeout;
        var snapshot = _services.Snapshot();
        var consent = ReadConsent(snapshot);
        try
        {
            if (RefusalNow(snapshot.Driving.State, consent, limit) is { } refusal)
            {
                return Refuse(why, refusal);
            }

            var request = OutgoingRequestBuilder.Build(utterance, local, snapshot, _options.SendArea);
            return await AskAsync(utterance, request, why, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            return Refuse(why, HelpRefusal.CircuitOpen);
        }
        catch (RecordUnavailableException error)
        {
            Log.FilesFailed(_logger, _options.ResolvedDirectory, error.Message);
            return Refuse(why, HelpRefusal.RecordUnavailable);
        }
        finally
        {
            _board.Write(ReasonCode.Of(consent), CircuitCode);
        }
    }

    /// <summary>A model's name as the audit writes it out: other characters, such as the '/' of a repository, would make it a digest.</summary>
    private static string NameForRecords(string model) => string.Concat(model
        .Take(LongestNameInRecords)
        .Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));

    private HelpRefusal? RefusalNow(DrivingState state, ConsentStanding consent, TimeSpan limit) =>
        _services.IsQuestionOpen() ? HelpRefusal.QuestionOpen
        : !_services.Policy.Current.AllowsCloudHelper(state) ? HelpRefusal.PolicyForbids
        : ConsentJudge.Refusal(consent) is { } noConsent ? noConsent
        : _client is null ? HelpRefusal.KeyMissing
        : !_isOnline() ? HelpRefusal.Offline
        : IsHeldOff() ? HelpRefusal.HeldOff
        : limit < _options.LeastTime || limit <= TimeSpan.Zero ? HelpRefusal.NoTimeLeft
        : null;

    private async Task<ChatResponse?> AskAsync(
        string utterance, OutgoingRequest request, string why, TimeSpan limit, CancellationToken cancellationToken)
    {
        long number = 0;
        long started = 0;
        string outcome;
        ChatResponse? answer = null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(LimitKey, limit);
        try
        {
            var response = await _pipeline.ExecuteAsync(
                async inner =>
                {
                    started = _services.Time.GetTimestamp();
                    number = OpenRecord(why, request.Fields);
                    _board.Count("sent");
                    return await SendAsync(request.Fields, inner.CancellationToken).ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
            (outcome, answer) = Read(utterance, request.Masked, response);
        }
        catch (TimeoutRejectedException)
        {
            outcome = Failed(QwenCloudError.TimedOut, $"no complete answer within {limit}");
        }
        catch (QwenCloudException error)
        {
            outcome = Failed(error.Error, error.Message);
            HoldOff(error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (number > 0)
            {
                CloseRecord(number, "canceled", started);
            }

            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        if (answer is null)
        {
            _board.CountRefusal(outcome);
        }
        else
        {
            _board.Count(outcome);
        }

        var elapsed = CloseRecord(number, outcome, started);
        Log.Asked(_logger, number, why, outcome, (long)elapsed.TotalMilliseconds);
        return answer;
    }

    private async ValueTask<ChatResponse> SendAsync(SentFields fields, CancellationToken cancellationToken)
    {
        var messages = CloudMessages.For(fields);
        return _options.Stream
            ? await _client!.GetStreamingResponseAsync(messages, _chatOptions.Clone(), cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false)
            : await _client!.GetResponseAsync(messages, _chatOptions.Clone(), cancellationToken).ConfigureAwait(false);
    }

    private (string Outcome, ChatResponse? Answer) Read(string utterance, MaskedText masked, ChatResponse response)
    {
        List<AIContent> calls = [.. CallReader.CallsOf(response).Select(call => CallReader.Unmask(call, masked))];
        var checks = calls.Cast<FunctionCallContent>().Select(call => CallReader.Check(_validator, call, utterance)).ToList();
        var verdict = AnswerRule.Judge(checks, _services.Catalogue.MaxCallsPerUtterance);
        return verdict == AnswerVerdict.Answered
            ? (ReasonCode.Of(verdict), new ChatResponse(new ChatMessage(ChatRole.Assistant, calls))
            {
                ModelId = _modelId,
                FinishReason = ChatFinishReason.ToolCalls,
                Usage = response.Usage,
            })
            : (ReasonCode.Of(verdict), null);
    }

    private string Failed(QwenCloudError error, string detail)
    {
        var code = ReasonCode.Of(error);
        Log.ExchangeFailed(_logger, code, detail);
        return code;
    }

    private ChatResponse? Refuse(string why, HelpRefusal refusal)
    {
        var reason = ReasonCode.Of(refusal);
        _board.CountRefusal(reason);
        Log.StayedInCar(_logger, why, reason);
        return null;
    }

    private long OpenRecord(string why, SentFields fields)
    {
        try
        {
            return _record.Open(_options.Origin, why, fields);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordUnavailableException(error);
        }
    }

    private TimeSpan CloseRecord(long number, string outcome, long started)
    {
        var elapsed = _services.Time.GetElapsedTime(started);
        try
        {
            _record.Close(number, outcome, elapsed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What left is on record already; only what came of it is not.
            Log.FilesFailed(_logger, _options.ResolvedDirectory, error.Message);
        }

        return elapsed;
    }

    private ConsentStanding ReadConsent(VehicleSnapshot snapshot)
    {
        try
        {
            return ConsentJudge.Judge(
                StandingConsent.Read(_options.ResolvedDirectory), _options, _services.Time.GetUtcNow(), ConsentJudge.MovingSince(snapshot));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A consent that cannot be read is none.
            return ConsentStanding.None;
        }
    }

    private bool IsHeldOff()
    {
        lock (_holdGate)
        {
            return _hold > TimeSpan.Zero && _services.Time.GetElapsedTime(_heldSince) < _hold;
        }
    }

    private void HoldOff(QwenCloudException error)
    {
        if (error.RetryAfter is not { } hold)
        {
            return;
        }

        lock (_holdGate)
        {
            _heldSince = _services.Time.GetTimestamp();
            _hold = hold;
        }

        Log.HeldOff(_logger, hold);
    }

    private ResiliencePipeline MakePipeline() => new ResiliencePipelineBuilder { TimeProvider = _services.Time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = _options.RequestsToOpen,
            SamplingDuration = SamplingTime,
            BreakDuration = _options.BreakFor,
            // The one request that is let through on trial closes the circuit only by an answer: one that was given up or never left proves nothing.
            ShouldHandle = args => ValueTask.FromResult(
                args.Outcome.Exception is QwenCloudException or TimeoutRejectedException
                || (args.Outcome.Exception is not null && _circuit.CircuitState == CircuitState.HalfOpen)),
            StateProvider = _circuit,
            OnOpened = args =>
            {
                Log.CircuitOpened(_logger, args.BreakDuration);
                return default;
            },
            OnClosed = _ =>
            {
                Log.CircuitClosed(_logger);
                return default;
            },
        })
        .AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = static args => ValueTask.FromResult(args.Context.Properties.GetValue(LimitKey, TimeSpan.FromSeconds(1))),
        })
        .Build();
}
