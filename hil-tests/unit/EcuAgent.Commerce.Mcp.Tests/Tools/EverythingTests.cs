namespace EcuAgent.Commerce.Mcp.Tests.Tools;

/// <summary>The toolbox with a server that nobody here wrote.</summary>
public sealed class EverythingTests
{
    [Fact]
    public async Task Its_tools_are_listed_classed_checked_and_called()
    {
        using var server = await EverythingServer.StartAsync();
        await using var bench = new Bench(server.Url, Bench.Tool("echo", "inform"), Bench.Tool("get-sum", "inform"));

        var list = await bench.Box.ListAsync(Bench.Server, CancellationToken.None);
        var echo = await bench.CallAsync("echo", """{"message":"good evening"}""");
        var sum = await bench.CallAsync("get-sum", """{"a":19,"b":23}""");
        var wrong = await bench.CallAsync("get-sum", """{"a":"nineteen","b":23}""");
        var unlisted = await bench.CallAsync("get-env");

        Assert.Equal(ToolReasons.Done, list.Reason);
        Assert.InRange(list.Tools.Count, 8, 64);
        Assert.Equal(2, list.Tools.Count(tool => tool.Why == ToolReasons.Allowed));
        Assert.All(list.Tools.Where(tool => tool.Why != ToolReasons.Allowed), tool => Assert.Equal((ActionClass.Setup, ToolReasons.NotListed), (tool.Class, tool.Why)));
        Assert.Equal((CommerceOutcome.Done, "Echo: good evening"), (echo.Outcome, Assert.Single(echo.Lines)));
        Assert.Contains("42", Assert.Single(sum.Lines), StringComparison.Ordinal);
        Assert.Equal((CommerceOutcome.Refused, ToolReasons.ArgumentsInvalid, "$.a must be number"), (wrong.Outcome, wrong.Reason, wrong.Detail));
        Assert.Equal((CommerceOutcome.Refused, GateReason.ConsentMissing.Code()), (unlisted.Outcome, unlisted.Reason));
    }

    [Fact]
    public async Task What_the_file_lets_be_spoken_is_checked_and_called_through_the_port_with_the_same_terms()
    {
        using var server = await EverythingServer.StartAsync();
        var echo = Bench.Tool("echo", "inform");
        echo["arguments"] = new JsonObject { ["message"] = new JsonObject { ["longest"] = 20 } };
        echo["say"] = new JsonObject { ["en"] = new JsonArray("call out {message}") };
        await using var bench = new Bench(server.Url, echo, Bench.Tool("get-sum", "inform"));
        var port = bench.Box;
        var call = new ToolCall(Bench.Server, "echo", """{"message":"good evening"}""");
        var asked = new List<ToolTerms>();

        var check = await port.CheckAsync(call, CancellationToken.None);
        var answer = await port.CallAsync(call, Permit, CancellationToken.None);
        var tooLong = await port.CheckAsync(call with { Arguments = """{"message":"a very good evening to you all"}""" }, CancellationToken.None);
        var foreign = await port.CheckAsync(call with { Tool = "get-env", Arguments = "{}" }, CancellationToken.None);

        Assert.Equal("shed:echo", Assert.Single(port.Spoken).FullName);
        Assert.Equal((ActionClass.Inform, ToolReasons.Allowed), (check.Terms!.Class, check.Terms.Why));
        Assert.Equal(check.Terms, Assert.Single(asked));
        Assert.Equal((CommerceOutcome.Done, "Echo: good evening"), (answer.Outcome, Assert.Single(answer.Lines)));
        Assert.Equal((CommerceOutcome.Refused, ToolReasons.ArgumentsInvalid), (tooLong.Outcome, tooLong.Reason));
        Assert.Equal((ActionClass.Setup, ToolReasons.NotListed), (foreign.Terms!.Class, foreign.Terms.Why));

        ValueTask<string?> Permit(ToolTerms terms)
        {
            asked.Add(terms);
            return ValueTask.FromResult<string?>(null);
        }
    }

    [Fact]
    public async Task A_long_running_tool_ends_by_its_limit_and_the_next_call_is_answered()
    {
        using var server = await EverythingServer.StartAsync();
        var slow = Bench.Tool("trigger-long-running-operation", "comfort");
        slow["timeLimitSeconds"] = 0.6;
        await using var bench = new Bench(server.Url, slow, Bench.Tool("echo", "inform"));

        var late = await bench.CallAsync("trigger-long-running-operation", """{"duration":60,"steps":60}""");
        var echo = await bench.CallAsync("echo", """{"message":"still here"}""");

        Assert.Equal((CommerceOutcome.Unknown, ToolReasons.NoAnswer), (late.Outcome, late.Reason));
        Assert.Equal(CommerceOutcome.Done, echo.Outcome);
    }

    [Fact]
    public async Task What_it_would_ask_the_model_for_is_not_offered_to_it()
    {
        using var server = await EverythingServer.StartAsync();
        await using var bench = new Bench(server.Url);

        var list = await bench.Box.ListAsync(Bench.Server, CancellationToken.None);

        Assert.DoesNotContain(list.Tools, tool => tool.Name.Contains("sampling", StringComparison.Ordinal) || tool.Name.Contains("elicitation", StringComparison.Ordinal));
    }
}
