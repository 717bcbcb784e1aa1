namespace EcuAgent.EcuSim.Tests;

public sealed class PlaceCatalogueTests
{
    private static readonly GeoPoint Origin = new(48.1374, 11.5755);

    [Theory]
    [InlineData("home", "P001")]
    [InlineData("Home, Linden Lane 12", "P001")]
    [InlineData("家", "P001")]
    [InlineData("公司", "P002")]
    [InlineData("golden dragon on mill road", "P004")]
    [InlineData("Trattoria Bellavista", "P005")]
    [InlineData("四炉披萨店", "P006")]
    [InlineData("sushi", "P008")]
    public void Search_ByAName_FindsThePlaceFirst(string text, string id) => Assert.Equal(id, Find(text)[0]);

    [Theory]
    [InlineData("golden dragon", "P003", "P004")]
    [InlineData("GOLDEN   Dragon!", "P003", "P004")]
    [InlineData("金龙饭店", "P003", "P004")]
    public void Search_ByANameThatTwoHave_FindsExactlyBoth(string text, string first, string second) =>
        Assert.Equal([first, second], Find(text));

    [Fact]
    public void Search_ByAWordOfTheTrade_FindsThePlacesThatHaveIt()
    {
        var pizza = Find("pizza");
        Assert.Contains("P005", pizza);
        Assert.Contains("P006", pizza);
        Assert.DoesNotContain("P008", pizza);
    }

    [Fact]
    public void Search_WithCategoryDietAndOpen_LeavesTheOthersOut()
    {
        Assert.DoesNotContain("P003", Find("golden dragon", category: "hotel"));
        Assert.Contains("P007", Find("", category: "restaurant", diet: "halal"));
        Assert.DoesNotContain("P007", Find("", category: "restaurant", diet: "halal", openNow: true)); // closed
        Assert.All(Find("", category: "restaurant", diet: "Vegan"), id => Assert.Contains(id, Find("", category: "restaurant", diet: "vegan")));
        Assert.Empty(Find("", diet: "carnivore"));
    }

    [Fact]
    public void Search_ForAny_IsOrderedByDistanceFromHere()
    {
        var found = Maps.Bundled.Search("", "", "", false, Origin, Origin);
        Assert.Equal(Maps.Bundled.Count, found.Count);
        Assert.Equal(found.Select(f => f.DistanceMeters).Order(), found.Select(f => f.DistanceMeters));
    }

    [Theory]
    [InlineData("zzyzx")]
    [InlineData("the")]
    [InlineData("没有这个地方吗")]
    public void Search_ForWordsThatNoPlaceHas_FindsNothing(string text) => Assert.Empty(Find(text));

    [Theory]
    [InlineData("!!!")]
    [InlineData("...")]
    public void Search_ForNothingButSigns_FindsAsForAny(string text) => Assert.Equal(Maps.Bundled.Count, Find(text).Count);

    [Fact]
    public void File_Bundled_HasUniqueIdsKnownCategoriesAndPlacesOnTheWire()
    {
        var all = Maps.Bundled.Search("", "", "", false, Origin, Origin).Select(f => f.Entry).ToArray();
        Assert.Equal(all.Length, all.Select(p => p.Id).Distinct().Count());
        Assert.All(all, p => Assert.True(Enum.TryParse<PlaceCategory>(p.Category, ignoreCase: true, out _), $"{p.Id}: {p.Category}"));
        Assert.All(all, p => Assert.True(default(BoundedString128).TrySet(p.Name), p.Id));
        Assert.Single(all, p => p.Category == "home");
        Assert.Single(all, p => p.Category == "work");
    }

    [Theory]
    [InlineData("{", "LineNumber: 0")]
    [InlineData("""{"places": []}""", "no places")]
    [InlineData("""{"places": [{"id": "P1"}]}""", "name")]
    [InlineData("null", "no places")]
    public void File_Broken_IsRefusedWithItsNameAndTheFault(string content, string named)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, content);
            var error = Assert.Throws<InvalidDataException>(() => PlaceCatalogue.Load(file));
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<string> Find(string text, string category = "", string diet = "", bool openNow = false) =>
        [.. Maps.Bundled.Search(text, category, diet, openNow, Origin, Origin).Select(f => f.Entry.Id)];
}
