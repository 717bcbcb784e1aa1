using System.Text.Json.Nodes;
using Json.Schema;

namespace EcuAgent.Commerce.Tests.Registry;

/// <summary>Every broken registry stops the start, with a message that names file, path and value.</summary>
public sealed class BrokenRegistryTests : IDisposable
{
    private static readonly Dictionary<string, (Action<JsonObject> Change, string Path, string Value, string Problem)> Cases = new()
    {
        ["format of another version"] = (r => r["format"] = "ecuagent-merchants/2", "$.format", "\"ecuagent-merchants/2\"", "must be \"ecuagent-merchants/1\""),
        ["unknown property at the top"] = (r => r["merchant"] = 1, "$.merchant", "1", "unknown property; known are format, merchants, $schema, payment, buyerFile"),
        ["no merchants"] = (r => r.Remove("merchants"), "$.merchants", "(missing)", "must be given"),
        ["merchants is no list"] = (r => r["merchants"] = "many", "$.merchants", "\"many\"", "must be a list of 0 to 64 items"),
        ["unknown property of a merchant"] = (r => First(r)["colour"] = "red", "$.merchants[0].colour", "\"red\"", "unknown property; known are id, name"),
        ["secret under an unknown name"] = (r => First(r)["apiKey"] = "planted-inline-secret", "$.merchants[0].apiKey", "(not shown)", "unknown property; known are id, name"),
        ["missing property of a merchant"] = (r => First(r).Remove("currency"), "$.merchants[0].currency", "(missing)", "must be given"),
        ["unknown protocol"] = (r => First(r)["protocol"] = "smoke", "$.merchants[0].protocol", "\"smoke\"", "unknown protocol; known are acp, mcp, ucp"),
        ["unknown need"] = (r => First(r)["needs"] = new JsonArray("food", "flowers"), "$.merchants[0].needs[1]", "\"flowers\"", "unknown need; known are food, hotel, ticket, table, payment, parcel"),
        ["need twice"] = (r => First(r)["needs"] = new JsonArray("food", "food"), "$.merchants[0].needs[1]", "\"food\"", "stands twice"),
        ["no need"] = (r => First(r)["needs"] = new JsonArray(), "$.merchants[0].needs", "[]", "must be a list of 1 to 6 items"),
        ["id with blanks"] = (r => First(r)["id"] = "My Shop", "$.merchants[0].id", "\"My Shop\"", "must be 1 to 64 lower-case letters, digits, '-' and '_'"),
        ["http that leaves the machine"] = (r => First(r)["url"] = "http://merchant.example/acp", "$.merchants[0].url", "\"http://merchant.example/acp\"", "must be an absolute https address, or http to a loopback address"),
        ["url with a user"] = (r => First(r)["url"] = "https://me:planted-password@merchant.example/", "$.merchants[0].url", "(not shown)", "without user, query and fragment"),
        ["url with a query"] = (r => First(r)["url"] = "https://merchant.example/?key=planted-key", "$.merchants[0].url", "(not shown)", "without user, query and fragment"),
        ["url of a file"] = (r => First(r)["url"] = "file:///etc", "$.merchants[0].url", "\"file:///etc\"", "must be an absolute https address"),
        ["currency of mixed case"] = (r => First(r)["currency"] = "Eur", "$.merchants[0].currency", "\"Eur\"", "must be an ISO 4217 code of three letters"),
        ["locale that is none"] = (r => First(r)["locale"] = "german", "$.merchants[0].locale", "\"german\"", "must be a language tag such as en-GB"),
        ["feed that leads elsewhere"] = (r => First(r)["feed"] = "../../orders", "$.merchants[0].feed", "\"../../orders\"", "must be a feed's id, or a path below url"),
        ["latitude off the globe"] = (r => First(r)["position"]!["latitude"] = 91, "$.merchants[0].position.latitude", "91", "must be a number from -90 to 90"),
        ["rating above five"] = (r => First(r)["rating"] = 5.5, "$.merchants[0].rating", "5.5", "must be a number from 0 to 5"),
        ["sponsored as a text"] = (r => First(r)["sponsored"] = "no", "$.merchants[0].sponsored", "\"no\"", "must be true or false"),
        ["zone of Windows"] = (r => First(r)["hours"]!["zone"] = "W. Europe Standard Time", "$.merchants[0].hours.zone", "\"W. Europe Standard Time\"", "must be a time zone of the IANA data base"),
        ["zone that is none"] = (r => First(r)["hours"]!["zone"] = "Europe/Atlantis", "$.merchants[0].hours.zone", "\"Europe/Atlantis\"", "must be a time zone of the IANA data base"),
        ["zone of the merchant that is none"] = (r => First(r)["zone"] = "CEST", "$.merchants[0].zone", "\"CEST\"", "must be a time zone of the IANA data base"),
        ["two zones"] = (r => First(r)["zone"] = "Europe/Paris", "$.merchants[0].zone", "\"Europe/Paris\"", "is not that of hours, Europe/Berlin"),
        ["day that is none"] = (r => Span(r)["days"] = new JsonArray("monday"), "$.merchants[0].hours.spans[0].days[0]", "\"monday\"", "unknown day; known are mon, tue"),
        ["time without a colon"] = (r => Span(r)["from"] = "1100", "$.merchants[0].hours.spans[0].from", "\"1100\"", "must be a time such as 09:30"),
        ["time after midnight"] = (r => Span(r)["until"] = "24:00", "$.merchants[0].hours.spans[0].until", "\"24:00\"", "must be a time such as 09:30"),
        ["token inline"] = (r => First(r)["bearerToken"] = "planted-inline-secret", "$.merchants[0].bearerToken", "(not shown)", "must be a reference, {\"env\": NAME} or {\"file\": PATH}, never the secret itself"),
        ["token from two places"] = (r => First(r)["bearerToken"] = new JsonObject { ["env"] = "A", ["file"] = "b" }, "$.merchants[0].bearerToken", "{\"env\":\"A\",\"file\":\"b\"}", "must have exactly one of env and file"),
        ["token of an unset variable"] = (r => First(r)["bearerToken"] = new JsonObject { ["env"] = "ECUAGENT_NOT_SET" }, "$.merchants[0].bearerToken.env", "\"ECUAGENT_NOT_SET\"", "environment variable ECUAGENT_NOT_SET is not set"),
        ["token of a missing file"] = (r => First(r)["bearerToken"] = new JsonObject { ["file"] = "nowhere" }, "$.merchants[0].bearerToken.file", "\"nowhere\"", "there is no file "),
        ["merchant twice"] = (r => r["merchants"]!.AsArray().Add(RegistryFolder.Merchant()), "$.merchants[1].id", "trattoria", "another merchant has the same id"),
        ["payment for nobody"] = (r => r["payment"]!["merchantIds"]!["nobody"] = "acct", "$.payment.merchantIds.nobody", "\"acct\"", "no merchant has the id 'nobody'"),
        ["payment of an unknown kind"] = (r => r["payment"]!["fundingType"] = "loan", "$.payment.fundingType", "\"loan\"", "must be one of credit, debit, prepaid"),
        ["provider without TLS"] = (r => r["payment"]!["url"] = "http://psp.example/", "$.payment.url", "\"http://psp.example/\"", "must be an absolute https address"),
        ["acp without a token"] = (r => First(r).Remove("bearerToken"), "$.merchants[0].bearerToken", "(missing)", "must be given for protocols acp and mcp"),
        ["acp with signed answers"] = (r => First(r)["answersSigned"] = true, "$.merchants[0].answersSigned", "true", "is of protocol ucp"),
        ["ucp with a webhook secret"] = (r => Ucp(r, x => First(x)["webhookSecret"] = new JsonObject { ["file"] = "webhook.key" }), "$.merchants[0].webhookSecret", "(not shown)", "is of protocols acp and mcp"),
        ["ucp and who the car is not said"] = (r => Ucp(r, x => x.Remove("ucp")), "$.ucp", "(missing)", "must be given where a merchant has protocol ucp"),
        ["ucp without a profile"] = (r => Ucp(r, x => x["ucp"]!.AsObject().Remove("profileUrl")), "$.ucp.profileUrl", "(missing)", "must be given"),
        ["ucp profile without TLS"] = (r => Ucp(r, x => x["ucp"]!["profileUrl"] = "http://car.example/"), "$.ucp.profileUrl", "\"http://car.example/\"", "must be an absolute https address"),
        ["ucp receiver without TLS"] = (r => Ucp(r, x => x["ucp"]!["webhookUrl"] = "http://car.example/"), "$.ucp.webhookUrl", "\"http://car.example/\"", "must be an absolute https address"),
        ["ucp key that is none"] = (r => Ucp(r, x => x["ucp"]!["signingKeyFile"] = "webhook.key"), "$.ucp.signingKeyFile", "\"webhook.key\"", "must hold a private key of ECDSA P-256, as PEM or as a JWK"),
        ["card with more digits"] = (r => r["payment"]!["card"] = new JsonObject { ["brand"] = "visa", ["lastDigits"] = "42424" }, "$.payment.card.lastDigits", "\"42424\"", "must be four digits"),
        ["ucp handlers empty"] = (r => r["payment"]!["ucpHandlers"] = new JsonArray(), "$.payment.ucpHandlers", "[]", "must be a list of 1 to 16 items"),
        ["ucp handler twice"] = (r => r["payment"]!["ucpHandlers"] = new JsonArray("a", "a"), "$.payment.ucpHandlers[1]", "\"a\"", "stands twice"),
        ["buyer's file missing"] = (r => r["buyerFile"] = "no-buyer.json", "$", "(not shown)", "there is no file "),
    };

    private readonly RegistryFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Registry_Broken_IsRefusedWithPathAndValue(string name)
    {
        var (change, path, value, problem) = Cases[name];
        var registry = RegistryFolder.Registry();
        change(registry);
        _folder.WriteRegistry(registry);

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        var fault = Assert.Single(error.Faults);
        Assert.Equal((path, value), (fault.Path, fault.Value));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains($"{path} = {value}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(name == "buyer's file missing" ? "no-buyer.json" : "merchants.json", fault.File, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.Message.Replace("ecuagent-commerce-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // What a schema cannot say: other files, this machine, one value by another.
    private static readonly string[] BeyondTheSchema =
    [
        "http that leaves the machine", "zone of Windows", "zone that is none", "zone of the merchant that is none", "two zones", "token of an unset variable",
        "token of a missing file", "merchant twice", "payment for nobody", "ucp and who the car is not said", "ucp profile without TLS", "ucp receiver without TLS", "ucp key that is none", "provider without TLS", "buyer's file missing",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_Broken_SaysTheSame(string name)
    {
        var registry = RegistryFolder.Registry();
        Cases[name].Change(registry);

        var objections = AcpData.Objections(SchemaOf("merchants"), registry.ToJsonString());

        Assert.Equal(BeyondTheSchema.Contains(name), objections.Count == 0);
    }

    [Fact]
    public void Schema_Whole_HasNothingAgainstIt()
    {
        Assert.Empty(AcpData.Objections(SchemaOf("merchants"), RegistryFolder.Registry().ToJsonString()));
        Assert.Empty(AcpData.Objections(SchemaOf("buyer"), RegistryFolder.Buyer().ToJsonString()));
    }

    [Fact]
    public void Registry_SeveralFaults_AreAllTold()
    {
        var registry = RegistryFolder.Registry();
        First(registry)["protocol"] = "smoke";
        First(registry)["rating"] = -1;
        registry["payment"]!["url"] = "nowhere";
        _folder.WriteRegistry(registry);

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        Assert.Equal(["$.merchants[0].protocol", "$.merchants[0].rating", "$.payment.url"], error.Faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("{\"format\":", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"format\":\"ecuagent-merchants/1\",\"format\":\"ecuagent-merchants/1\",\"merchants\":[]}", "stands twice")]
    [InlineData("{\"format\":\"ecuagent-merchants/1\",\"merchants\":[],} // trailing", "is not JSON")]
    [InlineData("{\"format\":\"\\ud800\",\"merchants\":[]}", "not valid Unicode")]
    public void Registry_NotEvenJson_IsRefused(string text, string problem)
    {
        _folder.Write("merchants.json", text);

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        Assert.Contains(problem, Assert.Single(error.Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_Missing_IsRefused()
    {
        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.In("nothing.json")));

        Assert.Contains("cannot be read", Assert.Single(error.Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_TooLarge_IsRefusedUnread()
    {
        _folder.Write("merchants.json", new string(' ', RegistryLoader.LargestFileBytes + 1));

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        Assert.Contains("must be at most 262144 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merchant.key", "$.merchants[0].bearerToken.file")]
    [InlineData("instrument", "$.payment.instrumentFile")]
    [InlineData("buyer.json", "$")]
    public void File_OpenToOthers_IsRefused(string name, string path)
    {
        _folder.WriteRegistry(RegistryFolder.Registry());
        File.SetUnixFileMode(_folder.In(name), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        var fault = Assert.Single(error.Faults);
        Assert.Equal(path, fault.Path);
        Assert.Contains("is open to others (GroupRead); allowed: chmod 600", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("378282246310005")]
    [InlineData("two lines\nof it")]
    [InlineData("")]
    public void Instrument_CardNumberOrNoReference_IsRefusedAndNotShown(string text)
    {
        _folder.WriteRegistry(RegistryFolder.Registry());
        _folder.Write("instrument", text);

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        Assert.Contains("never a card number", Assert.Single(error.Faults).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", error.Message.Replace(_folder.File, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Instrument_NumberThatNoCardHas_IsTaken()
    {
        _folder.WriteRegistry(RegistryFolder.Registry());
        _folder.Write("instrument", "4242424242424241");

        Assert.Equal("4242424242424241", RegistryLoader.Load(_folder.File).Payment!.Instrument.Text);
    }

    [Theory]
    [InlineData("name", "\"\"", "$.name")]
    [InlineData("email", "\"nobody\"", "$.email")]
    [InlineData("phone", "\"call me\"", "$.phone")]
    [InlineData("home", "{\"lineOne\":\"Planted Alley\"}", "$.home.city")]
    [InlineData("birthday", "\"1990-01-01\"", "$.birthday")]
    public void Buyer_Broken_IsRefusedWithoutShowingAnything(string member, string value, string path)
    {
        var buyer = RegistryFolder.Buyer();
        buyer[member] = JsonNode.Parse(value);
        _folder.WriteBuyer(buyer);
        _folder.WriteRegistry(RegistryFolder.Registry());

        var error = Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File));

        Assert.Contains(path, error.Faults.Select(fault => fault.Path));
        Assert.All(error.Faults, fault => Assert.Equal("(not shown)", fault.Value));
        Assert.DoesNotContain("Planted", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1990", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(AcpData.Objections(SchemaOf("buyer"), buyer.ToJsonString()));
    }

    private static void Ucp(JsonObject registry, Action<JsonObject> change)
    {
        Support.Dialect.Ucp.Speak(registry);
        change(registry);
    }

    private static JsonObject First(JsonObject registry) => registry["merchants"]![0]!.AsObject();

    private static JsonObject Span(JsonObject registry) => First(registry)["hours"]!["spans"]![0]!.AsObject();

    private static JsonSchema SchemaOf(string name) =>
        JsonSchema.FromText(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Registry", $"{name}.schema.json")),
            new BuildOptions { SchemaRegistry = new SchemaRegistry() });
}
