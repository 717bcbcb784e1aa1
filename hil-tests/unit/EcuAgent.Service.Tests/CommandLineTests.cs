using Microsoft.Extensions.Configuration;

namespace EcuAgent.Service.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--domain 3")]
    [InlineData("--domain=3")]
    [InlineData("--EcuAgent:Agent:MaxOutputTokens 64 --policy strict")]
    [InlineData("--Logging:LogLevel:Default Debug")]
    [InlineData("--DOMAIN 3")]
    public void FirstFault_OfGoodArguments_IsNull(string line) => Assert.Null(CommandLine.FirstFault(Split(line)));

    [Theory]
    [InlineData("--frobnicate 3", "--frobnicate")]
    [InlineData("--domain 3 stray", "stray")]
    [InlineData("--domain 3 --polcy strict", "--polcy")]
    [InlineData("--domain 3 --polcy=strict", "--polcy=strict")]
    [InlineData("--EcuAgentX 3", "--EcuAgentX")]
    public void FirstFault_OfAnUnknownArgument_NamesIt(string line, string named)
    {
        var fault = CommandLine.FirstFault(Split(line));
        Assert.Contains($"'{named}'", fault, StringComparison.Ordinal);
        Assert.Contains("unknown argument", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--domain", "--domain")]
    [InlineData("--policy strict --audit", "--audit")]
    public void FirstFault_OfAnArgumentWithoutAValue_NamesIt(string line, string named) =>
        Assert.Equal($"argument '{named}' needs a value", CommandLine.FirstFault(Split(line)));

    [Fact]
    public void Aliases_AllAndOnlyThese_AreToldByTheHelpAndReachASetting()
    {
        Assert.All(CommandLine.Aliases.Keys, alias => Assert.Contains(alias + " ", CommandLine.Help, StringComparison.Ordinal));
        foreach (var alias in CommandLine.Aliases)
        {
            var configuration = new ConfigurationBuilder().AddCommandLine([alias.Key, "7"], CommandLine.Aliases).Build();
            Assert.Equal("7", configuration[alias.Value]);
        }
    }

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
