using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>A port of tools of others: checks and calls end as the test says, and what left is kept.</summary>
internal sealed class ToolDouble : IToolPort
{
    private static readonly Dictionary<string, ToolSlot> Limits = new(StringComparer.Ordinal)
    {
        ["city"] = new ToolSlot(null, null, 40, null),
        ["door"] = new ToolSlot(null, null, null, ["Front", "Back"]),
        ["sum"] = new ToolSlot(1, 500, null, null),
    };

    internal ToolDouble() => Spoken =
    [
        Tool("weather", "Sky Watch", "get_forecast", ActionClass.Inform, null, "en:what is the weather in {city}", "zh:{city}天气怎么样"),
        Tool("house", "House", "heat_up", ActionClass.Comfort, null, "en:warm up the house"),
        Tool("house", "House", "unlock", ActionClass.Setup, null, "en:unlock the {door} door"),
        Tool("bank", "Bank", "donate", ActionClass.Commit, new ToolAmount { Argument = "sum", Currency = "EUR" }, "en:donate {sum} euros to the zoo"),
    ];

    public IReadOnlyList<SpokenTool> Spoken { get; set; }

    /// <summary>How often a server was asked what it offers.</summary>
    internal int Checks { get; private set; }

    /// <summary>Calls that left.</summary>
    internal List<ToolCall> Left { get; } = [];

    /// <summary>What a call is at present; by default what the file says.</summary>
    internal Func<ToolCall, ToolTerms>? Terms { get; set; }

    /// <summary>What a check ends as; by default well.</summary>
    internal Func<ToolCall, Task<ToolCheck>>? OnCheck { get; set; }

    /// <summary>What happens between the check and the question for the permit.</summary>
    internal Func<Task> BeforePermit { get; set; } = () => Task.CompletedTask;

    /// <summary>What comes of a call that left.</summary>
    internal Func<Task<ToolAnswer>> OnCall { get; set; } = () => Task.FromResult(Says("sunny"));

    internal static ToolAnswer Says(params string[] lines) => new(CommerceOutcome.Done, ToolReasons.Done) { Lines = lines };

    public Task<ToolCheck> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        Checks++;
        return OnCheck?.Invoke(call) ?? Task.FromResult(new ToolCheck(CommerceOutcome.Done, ToolReasons.Done) { Terms = TermsOf(call) });
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, Func<ToolTerms, ValueTask<string?>> permit, CancellationToken cancellationToken)
    {
        await BeforePermit();
        if (await permit(TermsOf(call)) is { } refusal)
        {
            return new ToolAnswer(CommerceOutcome.Refused, refusal);
        }

        Left.Add(call);
        return await OnCall();
    }

    internal static SpokenTool Tool(string server, string serverName, string name, ActionClass row, ToolAmount? amount, params string[] say) => new(server, serverName, name, row)
    {
        Amount = amount,
        Phrasings = [.. say.Select(text => ToolPhrasing.Read(text.Split(':', 2)[0], text.Split(':', 2)[1], Limits) is ({ } phrasing, null)
            ? phrasing
            : throw new ArgumentException(text))],
    };

    private ToolTerms TermsOf(ToolCall call) =>
        Terms?.Invoke(call) ?? new ToolTerms(Spoken.First(tool => tool.FullName == call.FullName).Class, ToolReasons.Allowed, call.Arguments);
}
