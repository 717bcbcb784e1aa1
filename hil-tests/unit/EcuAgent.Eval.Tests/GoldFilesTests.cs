using EcuAgent.Eval.Sets;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Our own sentences against the catalogue.</summary>
public sealed class GoldFilesTests
{
    [Fact]
    public void GoldFiles_Lines_HaveCallsOfTheirDomainAndIdsOfTheirOwn()
    {
        var reader = new EvalSetReader(Runs.Catalogue);

        foreach (var item in new[] { "gold.jsonl", "fresh.jsonl" }.SelectMany(file => reader.Read(GoldFolder.File(file)).Items))
        {
            Assert.True(item.Gold is not null, item.Id);
            Assert.True(item.Gold[0].Tool.Domain == item.Domain, $"{item.Id}: the first call is of {item.Gold[0].Tool.Domain}, the line says {item.Domain}");
        }
    }

    [Fact]
    public void GoldFiles_Texts_OccurOnce()
    {
        var reader = new EvalSetReader(Runs.Catalogue);
        var items = new[] { "gold.jsonl", "fresh.jsonl" }.SelectMany(file => reader.Read(GoldFolder.File(file)).Items);

        Assert.All(items.GroupBy(Key), group => Assert.True(group.Count() == 1, string.Join(", ", group.Select(item => item.Id))));
    }

    [Theory]
    [InlineData("gold.jsonl", true)]
    [InlineData("fresh.jsonl", false)]
    public void GoldFile_Tools_AllDomainsAndInGoldAllTools(string file, bool hasAllTools)
    {
        var items = new EvalSetReader(Runs.Catalogue).Read(GoldFolder.File(file)).Items;

        foreach (var language in EvalLineReader.Languages)
        {
            Assert.Empty(Runs.Catalogue.Tools.Select(tool => tool.Domain).Except(items.Where(item => item.Language == language).Select(item => item.Domain)));
        }

        var missing = Runs.Catalogue.Tools.Select(tool => tool.Name).Except(items.SelectMany(item => item.Gold!).Select(call => call.Tool.Name));
        Assert.True(!hasAllTools || !missing.Any(), string.Join(", ", missing));
    }

    // Letters and digits only: what the preparation of the training lines compares as well.
    private static string Key(EvalItem item) => Bare(item.Before?.Utterance ?? "") + "|" + Bare(item.Utterance);

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
