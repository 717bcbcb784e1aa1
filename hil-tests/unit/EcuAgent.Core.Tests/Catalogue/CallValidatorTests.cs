using System.Text.Json;
using CsCheck;
using EcuAgent.Core.Catalogue;
using Xunit;

namespace EcuAgent.Core.Tests.Catalogue;

public sealed class CallValidatorTests
{
    private static readonly ToolCatalogue Catalogue = ToolCatalogue.LoadEmbedded();
    private static readonly CallValidator Validator = new(Catalogue);

    [Theory]
    [InlineData("set_temperature", """{"degrees": 9}""", "$.degrees", CallRules.Minimum)]
    [InlineData("set_temperature", """{"degrees": 100}""", "$.degrees", CallRules.Maximum)]
    [InlineData("set_temperature", """{"degrees": 21.3}""", "$.degrees", CallRules.MultipleOf)]
    [InlineData("set_temperature", """{"degrees": "21"}""", "$.degrees", CallRules.Type)]
    [InlineData("set_temperature", """{"degrees": null}""", "$.degrees", CallRules.Type)]
    [InlineData("set_temperature", """{"degrees": 1e999}""", "$.degrees", CallRules.Type)]
    [InlineData("set_temperature", """{}""", "$.degrees", CallRules.Required)]
    [InlineData("set_temperature", """{"degrees": 21, "zone": "roof"}""", "$.zone", CallRules.Enum)]
    [InlineData("set_temperature", """{"degrees": 21, "speed": 1}""", "$.speed", CallRules.AdditionalProperties)]
    [InlineData("set_fan", """{"level": 2.5}""", "$.level", CallRules.Type)]
    [InlineData("set_recirculation", """{"on": 1}""", "$.on", CallRules.Type)]
    [InlineData("navigate_to", """{"destination": "Moscow"}""", "$.destination", CallRules.CopiedFromUtterance)]
    [InlineData("navigate_to", """{"destination": "  "}""", "$.destination", CallRules.MinLength)]
    [InlineData("navigate_to", """{"destination": "golden\ndragon"}""", "$.destination", CallRules.PlainText)]
    [InlineData("navigate_to", """{"destination": ["golden dragon"]}""", "$.destination", CallRules.Type)]
    [InlineData("open_trunk", """{}""", "$", CallRules.KnownTool)]
    public void Validator_BrokenRule_IsNamedWithItsPath(string tool, string arguments, string path, string rule)
    {
        var check = Validator.Validate(Call(tool, arguments), "take me to the golden dragon");

        Assert.False(check.IsValid);
        Assert.Contains(check.Faults, fault => fault.Path == path && fault.Rule == rule);
        Assert.Empty(check.Arguments.Values);
    }

    [Fact]
    public void Validator_SeveralFaults_AreAllNamed()
    {
        var check = Validator.Validate(Call("set_temperature", """{"degrees": 9.3, "zone": "roof", "x": 1}"""), "u");

        Assert.Equal([CallRules.Minimum, CallRules.MultipleOf, CallRules.Enum, CallRules.AdditionalProperties], check.Faults.Select(f => f.Rule));
    }

    [Fact]
    public void Validator_CopiedTextWithOuterSpace_IsTrimmed()
    {
        var check = Validator.Validate(Call("navigate_to", """{"destination": " golden dragon "}"""), "take me to the golden dragon");

        Assert.True(check.IsValid);
        Assert.Equal("golden dragon", check.Arguments.Text("destination"));
    }

    [Fact]
    public void Validator_CopiedTextInAnotherNormalForm_IsFound() =>
        Assert.True(Validator.Validate(Call("navigate_to", """{"destination": "caf\u00e9"}"""), "to the cafe\u0301 please").IsValid);

    [Fact]
    public void Validator_TypedArguments_AreRead()
    {
        var check = Validator.Validate(Call("pay", """{"kind": "parking", "amount": 4.5}"""), "pay 4.50 for parking");

        Assert.Equal(("parking", 4.5, null), (check.Arguments.Text("kind"), check.Arguments.Number("amount"), check.Arguments.Text("payee")));
    }

    [Fact]
    public void Validator_AmountThatNobodySaid_IsLeftOutAndNamed()
    {
        var check = Validator.Validate(Call("pay", """{"kind": "transfer", "amount": 200}"""), "send 20 to Bob", "send 200 to Bob");

        Assert.True(check.IsValid);
        Assert.Equal(("transfer", null), (check.Arguments.Text("kind"), check.Arguments.Number("amount")));
        Assert.Equal(new CallFault("$.amount", "200", CallRules.SpokenAmount), Assert.Single(check.Dropped));
    }

    [Fact]
    public void Validator_AmountOfTheEarlierUtterance_StaysWhenThePresentOneNamesNoNumber()
    {
        var check = Validator.Validate(Call("pay", """{"kind": "transfer", "payee": "Anna", "amount": 20}"""), "no, to Anna", "send 20 to Bob");

        Assert.Equal((20.0, 0), (check.Arguments.Number("amount"), check.Dropped.Count));
    }

    [Fact]
    public void Validator_TextOfTheEarlierUtterance_MayBeCopied()
    {
        var call = Call("navigate_to", """{"destination": "Elm Street"}""");

        Assert.True(Validator.Validate(call, "take the other way", "to Elm Street").IsValid);
        Assert.False(Validator.Validate(call, "take the other way").IsValid);
    }

    [Fact]
    public void Validator_AnyArguments_NeverThrowsAndNeverLetsForeignTextThrough()
    {
        var value = Gen.OneOf<object?>(
            Gen.String.Select(s => (object?)s), Gen.Double.Select(d => (object?)d), Gen.Int.Select(i => (object?)i), Gen.Bool.Select(b => (object?)b),
            Gen.Const((object?)null));
        var tool = Gen.Int[0, Catalogue.Tools.Count - 1].Select(i => Catalogue.Tools[i]);
        Gen.Select(tool, value.Array[0, 4], Gen.String).Sample((definition, values, utterance) =>
        {
            var arguments = new Dictionary<string, object?>();
            for (int i = 0; i < values.Length; i++)
            {
                arguments[i < definition.Parameters.Count ? definition.Parameters[i].Name : $"x{i}"] = values[i];
            }

            var check = Validator.Validate(new ProposedCall(definition.Name, arguments), utterance);
            return !check.IsValid || definition.Parameters.Where(parameter => parameter.CopiedFromUtterance)
                .Select(parameter => check.Arguments.Text(parameter.Name))
                .All(text => text is null || utterance.Normalize().Contains(text.Normalize(), StringComparison.Ordinal));
        }, iter: 3000, threads: 1);
    }

    private static ProposedCall Call(string tool, string arguments) => new(
        tool, JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value.Clone()));
}
