using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A protocol as a merchant of these tests speaks it, for what has to hold in every one of them.</summary>
internal abstract class Dialect
{
    internal static readonly Dialect Acp = new AcpDialect();
    internal static readonly Dialect Ucp = new UcpDialect();

    /// <summary>A session that can be completed, in the words of this protocol.</summary>
    internal abstract JsonObject Session();

    internal abstract JsonObject Completed();

    internal abstract JsonObject Canceled();

    internal abstract Answer Error(int status, string code);

    /// <summary>The merchant's discovery document.</summary>
    internal abstract Answer Discovery(params string[] extensions);

    /// <summary>Has the registry's merchant speak it.</summary>
    internal abstract void Speak(JsonObject registry);

    private sealed class AcpDialect : Dialect
    {
        internal override JsonObject Session() => Sessions.Session();

        internal override JsonObject Completed() => Sessions.Completed();

        internal override JsonObject Canceled() => Sessions.Session("canceled");

        internal override Answer Error(int status, string code) => Answer.Error(status, code);

        internal override Answer Discovery(params string[] extensions) =>
            extensions.Length == 0 ? Answer.Error(404, "not_found") : Answer.Json(Sessions.Discovery(extensions).ToJsonString());

        internal override void Speak(JsonObject registry)
        {
        }
    }

    private sealed class UcpDialect : Dialect
    {
        internal override JsonObject Session() => UcpSessions.Session();

        internal override JsonObject Completed() => UcpSessions.Completed();

        internal override JsonObject Canceled() => UcpSessions.Session("canceled");

        internal override Answer Error(int status, string code) => Answer.Json(UcpSessions.Error(code).ToJsonString(), status);

        internal override Answer Discovery(params string[] extensions) => Answer.Json(UcpSessions.Profile(extensions).ToJsonString());

        internal override void Speak(JsonObject registry)
        {
            var merchant = registry["merchants"]![0]!.AsObject();
            merchant["protocol"] = "ucp";
            merchant.Remove("webhookSecret");
            registry["ucp"] = new JsonObject
            {
                ["profileUrl"] = "https://car.example/ucp.json",
                ["signingKeyFile"] = "ucp.key",
                ["webhookUrl"] = "https://car.example/events/ucp",
            };
            registry["payment"]!["ucpHandlers"] = new JsonArray("com.example.card");
            registry["payment"]!["card"] = new JsonObject { ["brand"] = "visa", ["lastDigits"] = "4242" };
        }
    }
}
