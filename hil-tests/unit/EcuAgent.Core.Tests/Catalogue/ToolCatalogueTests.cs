using System.Security.Cryptography;
using System.Text;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using Xunit;

namespace EcuAgent.Core.Tests.Catalogue;

public sealed class ToolCatalogueTests
{
    private const string Good = """
        {"version":"1","maxCallsPerUtterance":2,"tools":[{"name":"set_fan","domain":"hvac","class":"comfort","description":"d",
        "parameters":{"type":"object","properties":{"level":{"type":"integer","minimum":0,"maximum":7}},"required":["level"],"additionalProperties":false}}]}
        """;

    [Fact]
    public void Catalogue_Embedded_HoldsEveryToolThatTheAgentKnows()
    {
        var catalogue = ToolCatalogue.LoadEmbedded();

        Assert.Equal(ToolNames.All.Order(StringComparer.Ordinal), catalogue.Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal(64, catalogue.Sha256.Length);
        Assert.Equal(ActionClass.Commit, catalogue.TryGet("order_food", out var tool) ? tool.ActionClass : default);
    }

    [Fact]
    public void Catalogue_AsAITools_KeepsTheSchemaWithItsCopyRule()
    {
        var declaration = ToolCatalogue.LoadEmbedded().AsAITools.Single(tool => tool.Name == "navigate_to");

        Assert.Equal("utterance", declaration.JsonSchema.GetProperty("properties").GetProperty("destination").GetProperty("x-copied-from").GetString());
    }

    [Fact]
    public void Catalogue_Sha256_IsOfTheBytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), ToolCatalogue.Parse(bytes, "t").Sha256);
    }

    [Theory]
    [InlineData("\"set_fan\"", "\"fly\"", "$.tools[0].name")]
    [InlineData("\"comfort\"", "\"luxury\"", "$.tools[0].class")]
    [InlineData("\"integer\"", "\"array\"", "$.tools[0].parameters.properties.level.type")]
    [InlineData("\"minimum\":0,", "", "$.tools[0].parameters.properties.level.minimum")]
    [InlineData("\"maximum\":7", "\"maximum\":7,\"pattern\":\"x\"", "$.tools[0].parameters.properties.level.pattern")]
    [InlineData("[\"level\"]", "[\"height\"]", "$.tools[0].parameters.required")]
    [InlineData("\"additionalProperties\":false", "\"additionalProperties\":true", "$.tools[0].parameters.additionalProperties")]
    [InlineData("\"maxCallsPerUtterance\":2", "\"maxCallsPerUtterance\":0", "$.maxCallsPerUtterance")]
    [InlineData("\"version\":\"1\",", "", "$.version")]
    [InlineData("\"version\":\"1\"", "\"version\":\"1\",\"extra\":1", "$.extra")]
    public void Catalogue_Fault_IsNamedWithItsJsonPath(string from, string to, string path)
    {
        var text = Good.Replace(from, to, StringComparison.Ordinal);

        var fault = Assert.Throws<CatalogueException>(() => ToolCatalogue.Parse(Encoding.UTF8.GetBytes(text), "t"));

        Assert.Contains(fault.Faults, f => f.JsonPath == path);
    }

    [Fact]
    public void Catalogue_SeveralFaults_AreAllNamed()
    {
        var text = Good.Replace("\"comfort\"", "\"luxury\"", StringComparison.Ordinal).Replace("\"version\":\"1\",", "", StringComparison.Ordinal);

        Assert.Equal(2, Assert.Throws<CatalogueException>(() => ToolCatalogue.Parse(Encoding.UTF8.GetBytes(text), "t")).Faults.Count);
    }

    [Fact]
    public void Catalogue_CutAnywhere_IsACatalogueException()
    {
        var bytes = Encoding.UTF8.GetBytes(Good.TrimEnd());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<CatalogueException>(() => ToolCatalogue.Parse(bytes.AsMemory(0, length), "t"));
        }
    }

    [Fact]
    public void Catalogue_FileMissing_NamesTheFile()
    {
        var fault = Assert.Throws<CatalogueException>(() => ToolCatalogue.LoadFile("/nowhere/catalogue.json"));

        Assert.Contains("/nowhere/catalogue.json", fault.Message, StringComparison.Ordinal);
    }
}
