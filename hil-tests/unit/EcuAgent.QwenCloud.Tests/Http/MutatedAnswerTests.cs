using System.Text;
using EcuAgent.Core.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Tests.Http;

/// <summary>Good answers with a few bytes changed, cut or doubled: an answer or a failure of ours, never anything else, and never a call that the catalogue does not allow.</summary>
public sealed class MutatedAnswerTests
{
    private const int Rounds = 200;

    private static readonly ChatOptions Tools = new() { Tools = [.. ToolCatalogue.LoadEmbedded().AsAITools] };

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Client_MutatedAnswer_IsAnAnswerOrAFailureOfOurs(bool stream, int seed)
    {
        await using var endpoint = await Support.Endpoint.StartAsync();
        using var client = MakeClient(endpoint);
        var random = new Random(seed);
        var failures = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var body = Mutate(Good(stream), random);
            endpoint.Answer = context => Send(context, stream, body);
            try
            {
                await (stream
                    ? client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")], Tools).ToChatResponseAsync()
                    : client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], Tools));
            }
            catch (QwenCloudException)
            {
                failures++;
            }
        }

        // Most changes break something; some only change a word.
        Assert.InRange(failures, 1, Rounds - 1);
    }

    [Fact]
    public async Task Helper_MutatedAnswer_NeverGivesACallThatTheCatalogueForbids()
    {
        await using var rig = await HelperRig.StartAsync();
        rig.Options = rig.Options with { RequestsToOpen = 20, BreakFor = TimeSpan.FromSeconds(1) };
        var validator = new CallValidator(HelperRig.Catalogue);
        var random = new Random(3);
        var answered = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var body = Mutate(Good(stream: true), random);
            rig.Endpoint.Answer = context => Send(context, stream: true, body);
            if (await rig.AskAsync() is { } response)
            {
                answered++;
                Assert.All(
                    response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>(),
                    call => Assert.True(validator.Validate(new ProposedCall(call.Name, new Dictionary<string, object?>(call.Arguments!)), "").IsValid));
            }

            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Refresh();
        }

        Assert.InRange(answered, 1, Rounds - 1);
    }

    private static QwenCloudChatClient MakeClient(Support.Endpoint endpoint)
    {
        var options = new QwenCloudOptions { Endpoint = endpoint.Base, ApiKeyVariable = TestKey.SetVariable };
        return new QwenCloudChatClient(options, ApiKey.Read(options));
    }

    private static byte[] Good(bool stream) => Encoding.UTF8.GetBytes(stream
        ? string.Concat(Reply.Events(4, ("set_fan", """{"level":5}"""), ("adjust_fan", """{"direction":"up"}""")).Select(e => $"data: {e}\n\n")) + "data: [DONE]\n\n"
        : Reply.Completion(("set_fan", """{"level":5}"""), ("adjust_fan", """{"direction":"up"}""")));

    private static byte[] Mutate(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var i = random.Next(3); i >= 0 && bytes.Count > 2; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 20))));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(8) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }

    private static async Task Send(HttpContext context, bool stream, byte[] body)
    {
        context.Response.ContentType = stream ? "text/event-stream" : "application/json";
        await context.Response.Body.WriteAsync(body);
    }
}
