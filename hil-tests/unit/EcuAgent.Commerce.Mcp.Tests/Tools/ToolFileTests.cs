using Json.Schema;

namespace EcuAgent.Commerce.Mcp.Tests.Tools;

/// <summary>The file of allowed tools: what is taken, and that all faults are told at once.</summary>
public sealed class ToolFileTests
{
    private const string Good = """
        {
          "$schema": "tools.schema.json",
          "format": "ecuagent-tools/1",
          "servers": [{
            "id": "weather", "name": "Sky Watch", "url": "https://weather.example/mcp", "bearerToken": { "file": "key" },
            "tools": [{
              "name": "get_forecast", "class": "inform", "pin": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
              "timeLimitSeconds": 2.5, "mostResultBytes": 4096,
              "arguments": { "days": { "lowest": 1, "highest": 7 }, "city": { "longest": 40, "values": ["Berlin", "Munich"] }, "sum": { "lowest": 1, "highest": 50 } }
            }, {
              "name": "buy_report", "class": "commit", "arguments": { "sum": { "lowest": 1, "highest": 50 } },
              "say": { "en": ["buy the weather report for {sum} euros"], "zh": ["花{sum}欧元买天气报告"] }, "amount": { "argument": "sum", "currency": "EUR" },
              "fixed": { "format": "pdf", "pages": 2, "signed": true }
            }, {
              "name": "alarm", "class": "setup", "say": { "de": ["Wetteralarm einschalten"] }
            }]
          }]
        }
        """;

    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "\"ecuagent-tools/1\"", "\"ecuagent-tools/2\"", "$.format", "must be \"ecuagent-tools/1\"" },
        { "https://weather", "http://weather", "$.servers[0].url", "must be an absolute https address" },
        { "\"id\": \"weather\"", "\"id\": \"Weather!\"", "$.servers[0].id", "lower-case letters" },
        { "{ \"file\": \"key\" }", "\"planted-secret\"", "$.servers[0].bearerToken", "never the secret itself" },
        { "\"inform\"", "\"harmless\"", "$.servers[0].tools[0].class", "unknown class; known are inform, comfort, navigate, browse, prepare, commit, setup" },
        { "sha256:0", "sha1:0", "$.servers[0].tools[0].pin", "must be sha256:" },
        { "get_forecast", "get forecast", "$.servers[0].tools[0].name", "a tool's name" },
        { "2.5", "500", "$.servers[0].tools[0].timeLimitSeconds", "from 0.2 to 120" },
        { "4096", "40.5", "$.servers[0].tools[0].mostResultBytes", "whole number from 1024" },
        { "\"lowest\": 1", "\"lowest\": 9", "$.servers[0].tools[0].arguments.days", "lowest must be at most highest" },
        { "\"longest\": 40", "\"most\": 40", "$.servers[0].tools[0].arguments.city.most", "unknown property; known are lowest, highest, longest, values" },
        { "Sky Watch", "The Sky Watch Company of All of Lower Bavaria", "$.servers[0].name", "1 to 40 characters" },
        { "euros\"", "{money}\"", "$.servers[0].tools[1].say.en[0]", "{money} has none" },
        { "for {sum} euros", "for {sum} euros or {sum}", "$.servers[0].tools[1].say.en[0]", "each once" },
        { "buy the weather report for {sum} euros", "{sum} eu", "$.servers[0].tools[1].say.en[0]", "at least 4 letters" },
        { "buy the weather report for {sum} euros", "buy the weather report", "$.servers[0].tools[1].say.en[0]", "must have the slot {sum}, which says the amount" },
        { "buy the weather report for {sum}", "buy the {weather report for {sum}", "$.servers[0].tools[1].say.en[0]", "slots of the form {argument}" },
        { "\"zh\": [", "\"Chinese\": [", "$.servers[0].tools[1].say.Chinese", "two or three lower-case letters" },
        { " \"amount\": { \"argument\": \"sum\", \"currency\": \"EUR\" },", "", "$.servers[0].tools[1].amount", "must be given for a tool of class commit" },
        { "\"argument\": \"sum\", \"cur", "\"argument\": \"total\", \"cur", "$.servers[0].tools[1].amount.argument", "sets lowest, 0 or more, and highest" },
        { "\"argument\": \"sum\", \"cur", "\"cur", "$.servers[0].tools[1].amount", "one of minorUnits and argument" },
        { "\"currency\": \"EUR\"", "\"currency\": \"euro\"", "$.servers[0].tools[1].amount.currency", "three upper-case letters" },
        { "\"say\": { \"de\": [\"Wetteralarm einschalten\"] }", "\"amount\": { \"minorUnits\": 0, \"currency\": \"EUR\" }", "$.servers[0].tools[2].amount", "beside 'say' only" },
        { "\"pages\": 2", "\"pages\": [2]", "$.servers[0].tools[1].fixed.pages", "must be a text, a number, true or false" },
        {
            "\"say\": { \"de\": [\"Wetteralarm einschalten\"] }",
            "\"arguments\": { \"a\": {} }, \"fixed\": { \"a\": 1 }, \"say\": { \"de\": [\"Wetteralarm {a}\"] }",
            "$.servers[0].tools[2].say.de[0]",
            "must not have the slot {a}, which is fixed"
        },
        { "{ \"de\": [\"Wetteralarm einschalten\"] }", "{}", "$.servers[0].tools[2].say", "must have a sentence" },
        { "\"tools\": [{", "\"stdio\": \"npx\", \"tools\": [{", "$.servers[0].stdio", "unknown property" },
    };

    [Fact]
    public void A_good_file_is_read_and_fits_the_schema()
    {
        using var folder = new RegistryFolder();
        folder.Write("key", "planted-secret");
        folder.Write("tools.json", Good);

        var server = Assert.Single(ToolFileReader.Load(folder.In("tools.json")));

        var tool = server.Tools["get_forecast"];
        Assert.Equal("planted-secret", server.Server.BearerToken!.Text);
        Assert.Equal(
            ("get_forecast", ActionClass.Inform, TimeSpan.FromSeconds(2.5), 4096), (tool.Name, tool.Class, tool.TimeLimit, tool.MostResultBytes));
        Assert.Equal(["Berlin", "Munich"], tool.Limits["city"].Values!);
        Assert.Null(tool.Spoken);
        var spoken = server.Tools["buy_report"].Spoken!;
        Assert.Equal(("weather", "Sky Watch", "buy_report", ActionClass.Commit), (spoken.Server, spoken.ServerName, spoken.Name, spoken.Class));
        Assert.Equal(["en", "zh"], spoken.Phrasings.Select(phrasing => phrasing.Language));
        Assert.Equal([("format", "pdf"), ("pages", 2m), ("signed", true)], spoken.Fixed.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(new ToolAmount { Argument = "sum", Currency = "EUR" }, spoken.Amount);
        Assert.Empty(Objections(Good));
    }

    [Fact]
    public void A_sentence_that_always_means_two_tools_is_a_fault()
    {
        using var folder = new RegistryFolder();
        folder.Write("key", "planted-secret");
        folder.Write("tools.json", Good.Replace("""["Wetteralarm einschalten"]""", """["Wetteralarm einschalten", "Regen melden"] } }, { "name": "rain", "class": "setup", "say": { "de": ["regen  melden!"]""", StringComparison.Ordinal));

        var fault = Assert.Single(Assert.Throws<RegistryException>(() => ToolFileReader.Load(folder.In("tools.json"))).Faults);

        Assert.Contains("weather:alarm and weather:rain", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_names_place_value_and_what_is_allowed(string old, string now, string path, string problem)
    {
        using var folder = new RegistryFolder();
        folder.Write("key", "planted-secret");
        var text = Good.Replace(old, now, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        folder.Write("tools.json", text);

        var error = Assert.Throws<RegistryException>(() => ToolFileReader.Load(folder.In("tools.json")));

        var fault = Assert.Single(error.Faults);
        Assert.Equal(path, fault.Path);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", error.Message, StringComparison.Ordinal);

        // These are beyond what a schema can say.
        string[] beyond = ["days", "url", "say.en[0]", "say.de[0]", "amount.argument"];
        Assert.True(Objections(text).Count > 0 || beyond.Any(end => path.EndsWith(end, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        using var folder = new RegistryFolder();
        folder.Write("tools.json", """{"format":"x","servers":[{"id":"a","url":"ftp://x","tools":[{"name":"t"},{"name":"t","class":"inform"},{"name":"t","class":"inform"}]},{"id":"b"}]}""");

        var error = Assert.Throws<RegistryException>(() => ToolFileReader.Load(folder.In("tools.json")));

        Assert.Equal(
            ["$.format", "$.servers[0].url", "$.servers[0].tools[0].class", "$.servers[0].tools[2].name", "$.servers[1].url", "$.servers[1].tools"],
            error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_missing_file_and_no_json_are_faults_too()
    {
        using var folder = new RegistryFolder();
        folder.Write("tools.json", "{");

        Assert.Contains("is not JSON", Assert.Throws<RegistryException>(() => ToolFileReader.Load(folder.In("tools.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<RegistryException>(() => ToolFileReader.Load(folder.In("none.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_base_adapter_refuses_a_merchant_that_it_cannot_talk_to()
    {
        using var folder = new RegistryFolder();
        var registry = RegistryFolder.Registry();
        registry["merchants"]![0]!["protocol"] = "mcp";
        folder.WriteRegistry(registry);

        var error = Assert.Throws<RegistryException>(() => CommerceAdapter.Open(new CommerceOptions { RegistryFile = folder.File }));
        using var adapter = McpCommerce.Open(new CommerceOptions { RegistryFile = folder.File });

        Assert.Equal("$.merchants[0].protocol", Assert.Single(error.Faults).Path);
        Assert.Single(adapter.Merchants(MerchantNeed.Food));
    }

    private static IReadOnlyList<string> Objections(string text) => AcpData.Objections(
        JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tools", "tools.schema.json")), new BuildOptions { SchemaRegistry = new SchemaRegistry() }), text);
}
