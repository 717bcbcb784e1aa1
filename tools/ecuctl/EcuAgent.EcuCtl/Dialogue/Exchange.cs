using System.Diagnostics;
using System.Text.Json.Nodes;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.EcuCtl.Commands;
using EcuAgent.EcuCtl.Output;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Dialogue;

/// <summary>One exchange: finds the service, speaks, prints what follows, and gives the exit code.</summary>
/// <param name="participant">Where to speak.</param>
/// <param name="domain">Its domain.</param>
/// <param name="json">JSON lines instead of text.</param>
/// <param name="timeout">How long to wait for the reply.</param>
/// <param name="silenceHint">What a person should think of when no reply comes; may be empty.</param>
internal sealed class Exchange(VehicleParticipant participant, int domain, bool json, TimeSpan timeout, string silenceHint = "")
{
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <param name="listens">Completes when the service listens to what will be spoken.</param>
    /// <param name="speak">Speaks; gives the utterance id, null where the reply may carry any.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    public async Task<int> RunAsync(Func<CancellationToken, Task> listens, Func<string?> speak, CancellationToken cancellationToken)
    {
        using var dialogue = new DialogueObserver(participant, json);
        using var search = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var longest = timeout < LongestSearch ? timeout : LongestSearch;
        search.CancelAfter(longest);
        var found = Task.WhenAll(dialogue.WaitForServiceAsync(search.Token), listens(search.Token));
        await found.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!found.IsCompletedSuccessfully)
        {
            return CtlAction.Fail(ExitCode.NoPeer, FormattableString.Invariant($"no service was found on domain {domain} within {longest.TotalSeconds:0.#} s"));
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(timeout);
        var start = Stopwatch.GetTimestamp();
        var utteranceId = speak();
        var reply = await dialogue.FollowAsync(utteranceId, wait.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var question = reply?.OpenQuestionId.ToString() ?? "";
        if (json)
        {
            Console.WriteLine(SampleJson.Line(new JsonObject
            {
                ["event"] = "result",
                ["answered"] = reply is not null,
                ["utterance_id"] = utteranceId,
                ["open_question_id"] = question,
                ["elapsed_ms"] = Math.Round(elapsed.TotalMilliseconds, 1),
            }));
        }

        if (reply is null)
        {
            return CtlAction.Fail(ExitCode.NoAnswer, FormattableString.Invariant($"the service on domain {domain} gave no reply within {timeout.TotalSeconds:0.#} s{silenceHint}"));
        }

        if (question.Length > 0)
        {
            new QuestionMemory(domain).Write(question);
            if (!json)
            {
                Console.WriteLine($"answer with: ecuctl confirm yes|no --question {question}");
            }
        }

        return ExitCode.Ok;
    }
}
