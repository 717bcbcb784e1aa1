namespace EcuAgent.Interop.Tests.Peers;

/// <summary>Drives a peer program and hears what it sees.</summary>
internal sealed class Peer : IAsyncDisposable
{
    /// <summary>Short, so that a killed peer is missed within a test.</summary>
    private const int LeaseMs = 2000;

    private readonly ChildProcess _process;

    private Peer(ChildProcess process) => _process = process;

    /// <summary>Where the record of its lines stands.</summary>
    public int Mark => _process.Mark;

    public static async Task<Peer> StartAsync(PeerStack stack, int domain)
    {
        var peer = new Peer(await stack.StartAsync(domain, LeaseMs));
        await peer._process.LineAsync("ready");
        return peer;
    }

    /// <summary>Opens a reader with the QoS of the contract, or with another.</summary>
    /// <returns>The mark from which on its lines come.</returns>
    public Task<int> OpenReaderAsync(string topic, JsonObject? qos = null) => DoAsync($"reader {topic}", Text(qos ?? Contract.Qos(topic)));

    /// <summary>Opens a writer with the QoS of the contract, or with another.</summary>
    /// <returns>The mark from which on its lines come.</returns>
    public Task<int> OpenWriterAsync(string topic, JsonObject? qos = null) => DoAsync($"writer {topic}", Text(qos ?? Contract.Qos(topic)));

    public Task<int> CloseReaderAsync(string topic) => DoAsync("close reader", topic);

    public Task<int> CloseWriterAsync(string topic) => DoAsync("close writer", topic);

    public Task<int> WriteAsync(string topic, JsonObject sample) => DoAsync($"write {topic}", Text(sample));

    /// <summary>Takes from a reader that was opened with <c>hold</c>.</summary>
    /// <returns>How many samples there were.</returns>
    public async Task<int> TakeAsync(string topic)
    {
        var mark = await DoAsync($"take {topic}", string.Empty);
        var line = await _process.LineAsync(l => l.StartsWith($"done take {topic} ", StringComparison.Ordinal), mark);
        return int.Parse(line.Split(' ')[^1]);
    }

    /// <summary>Waits until as many of our readers or writers are matched.</summary>
    public Task MatchedAsync(string role, string topic, int count, int mark) => LineAsync($"matched {role} {topic} {count}", mark);

    /// <summary>The first line from a place on that begins so.</summary>
    public Task<string> LineAsync(string start, int mark) => _process.LineAsync(l => l.StartsWith(start, StringComparison.Ordinal), mark);

    /// <summary>The first sample from a place on that fits.</summary>
    public async Task<JsonObject> SampleAsync(string topic, Func<JsonObject, bool> match, int mark)
    {
        var start = $"sample {topic} ";
        JsonObject Sample(string line) => JsonNode.Parse(line[start.Length..])!.AsObject();
        return Sample(await _process.LineAsync(l => l.StartsWith(start, StringComparison.Ordinal) && match(Sample(l)), mark));
    }

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Lets it end in order.</summary>
    public async Task LeaveAsync()
    {
        _process.CloseInput();
        Assert.Equal(0, await _process.ExitAsync());
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Text(JsonObject json) => json.ToJsonString();

    private async Task<int> DoAsync(string command, string argument)
    {
        var mark = Mark;
        await _process.SendAsync($"{command} {argument}");
        var answer = await _process.LineAsync(
            l => l.StartsWith($"done {command}", StringComparison.Ordinal) || l.StartsWith($"refused {command}", StringComparison.Ordinal), mark);
        Assert.StartsWith("done", answer, StringComparison.Ordinal);
        return mark;
    }
}
