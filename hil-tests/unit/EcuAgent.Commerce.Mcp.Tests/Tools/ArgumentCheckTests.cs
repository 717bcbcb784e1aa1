using Json.Schema;

namespace EcuAgent.Commerce.Mcp.Tests.Tools;

/// <summary>The bounded check of arguments beside a whole implementation of JSON Schema, where the schema is a harmless one.</summary>
public sealed class ArgumentCheckTests
{
    private const string Schema = """
        {
          "type": "object", "additionalProperties": false, "required": ["city"],
          "properties": {
            "city": { "type": "string", "minLength": 2, "maxLength": 8, "pattern": "^[A-Z]" },
            "days": { "type": "integer", "minimum": 1, "exclusiveMaximum": 8 },
            "unit": { "enum": ["C", "F", 1] },
            "mode": { "const": "short" },
            "near": { "$ref": "#/$defs/place" },
            "tags": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": ["string", "null"] } },
            "who": { "anyOf": [{ "type": "string" }, { "type": "object", "required": ["id"] }] },
            "all": { "allOf": [{ "type": "number" }, { "maximum": 3 }] }
          },
          "$defs": { "place": { "type": "object", "required": ["lat"], "properties": { "lat": { "type": "number", "minimum": -90, "maximum": 90 } } } }
        }
        """;

    [Theory]
    [InlineData("""{"city":"Berlin"}""", null)]
    [InlineData("""{"city":"Berlin","days":7,"unit":"C","mode":"short","near":{"lat":1.5},"tags":["a",null],"who":{"id":1},"all":3}""", null)]
    [InlineData("""{"city":"Berlin","days":2.0,"unit":1,"who":"me"}""", null)]
    [InlineData("""{}""", "$.city must be given")]
    [InlineData("[]", "$ must be object")]
    [InlineData("""{"city":"B"}""", "$.city must have at least 2 characters")]
    [InlineData("""{"city":"Berlin-Mitte"}""", "$.city must have at most 8 characters")]
    [InlineData("""{"city":"berlin"}""", "$.city must fit the pattern ^[A-Z]")]
    [InlineData("""{"city":"Berlin","days":2.5}""", "$.days must be integer")]
    [InlineData("""{"city":"Berlin","days":0}""", "$.days must be at least 1")]
    [InlineData("""{"city":"Berlin","days":8}""", "$.days must be less than 8")]
    [InlineData("""{"city":"Berlin","unit":"K"}""", """$.unit must be one of ["C", "F", 1]""")]
    [InlineData("""{"city":"Berlin","mode":"long"}""", """$.mode must be "short" """)]
    [InlineData("""{"city":"Berlin","near":{"lat":91}}""", "$.near.lat must be at most 90")]
    [InlineData("""{"city":"Berlin","near":{}}""", "$.near.lat must be given")]
    [InlineData("""{"city":"Berlin","tags":[]}""", "$.tags must have at least 1 items")]
    [InlineData("""{"city":"Berlin","tags":["a",1]}""", "$.tags[1] must be string or null")]
    [InlineData("""{"city":"Berlin","who":{}}""", "$.who must be string")]
    [InlineData("""{"city":"Berlin","all":4}""", "$.all must be at most 3")]
    [InlineData("""{"city":"Berlin","other":1}""", "$.other is not allowed")]
    public void Both_agree_and_the_fault_names_the_place(string arguments, string? fault)
    {
        using var schema = JsonDocument.Parse(Schema);
        using var value = JsonDocument.Parse(arguments);
        var judge = JsonSchema.FromText(Schema, new BuildOptions { SchemaRegistry = new SchemaRegistry() });

        Assert.Equal(fault?.TrimEnd(), ArgumentCheck.Fault(schema.RootElement, value.RootElement));
        Assert.Equal(fault is null, judge.Evaluate(value.RootElement).IsValid);
    }

    [Theory]
    [InlineData("""{"days":8}""", "$.days must be a number of at least 1 and at most 7 (tools file)")]
    [InlineData("""{"days":"8"}""", "$.days must be a number of at least 1 and at most 7 (tools file)")]
    [InlineData("""{"city":"Paris"}""", "$.city must be one of Berlin, Munich (tools file)")]
    [InlineData("""{"note":"abcd"}""", "$.note must be a text of at most 3 characters (tools file)")]
    [InlineData("""{"days":7,"city":"Munich","note":"abc","free":1}""", null)]
    public void The_files_own_limits_hold_besides(string arguments, string? fault)
    {
        var limits = new Dictionary<string, ToolSlot>
        {
            ["days"] = new(1, 7, null, null),
            ["city"] = new(null, null, null, ["Berlin", "Munich"]),
            ["note"] = new(null, null, 3, null),
        };
        using var value = JsonDocument.Parse(arguments);

        Assert.Equal(fault, ToolArgumentRules.FaultOf(limits, value.RootElement));
    }

    [Theory]
    [InlineData("", "arguments are not JSON at line 1, byte 1")]
    [InlineData("[]", "arguments must be a JSON object")]
    [InlineData("""{"a":1,"a":2}""", "arguments are not JSON")]
    [InlineData("""{"a":"\ud800"}""", "arguments hold a text that is not valid Unicode")]
    public void What_is_no_object_is_no_arguments(string text, string fault)
    {
        var (arguments, told) = ToolArgumentRules.Parse(text);

        Assert.Null(arguments);
        Assert.StartsWith(fault, told, StringComparison.Ordinal);
    }
}
