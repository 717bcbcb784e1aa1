using EcuAgent.MerchantSim.Catalogue;

namespace EcuAgent.MerchantSim.Tests.Catalogue;

public sealed class CatalogueTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-catalogue-");

    [Fact]
    public void Embedded_Catalogue_IsSoundAndBilingual()
    {
        var catalogue = CatalogueLoader.LoadEmbedded();
        Assert.Equal(Enum.GetValues<MerchantKind>().Order(), catalogue.Merchants.Select(m => m.Kind).Distinct().Order());
        Assert.All(catalogue.Merchants, m => Assert.Contains(m.NameZh, c => c >= '\u4e00'));
        Assert.All(catalogue.Merchants.SelectMany(m => m.Products), p => Assert.Contains(p.NameZh, c => c >= '\u4e00'));
        Assert.Contains(catalogue.Merchants.SelectMany(m => m.Products), p => p.Diets.Contains("halal"));
    }

    [Theory]
    [InlineData("$.merchants[0].id", "merchants.0.id", "\"Big Name\"")]
    [InlineData("$.merchants[0].id", "merchants.0.id", "\"control\"")]
    [InlineData("$.merchants[1].id", "merchants.1.id", "\"trattoria-bellavista\"")]
    [InlineData("$.merchants[0].kind", "merchants.0.kind", "\"casino\"")]
    [InlineData("$.merchants[0].name_zh", "merchants.0.name_zh", "\"\"")]
    [InlineData("$.merchants[0].currency", "merchants.0.currency", "\"EUR\"")]
    [InlineData("$.merchants[0].time_zone", "merchants.0.time_zone", "\"Europe/Nowhere\"")]
    [InlineData("$.merchants[0].rating", "merchants.0.rating", "5.1")]
    [InlineData("$.merchants[0].address.country", "merchants.0.address.country", "\"Germany\"")]
    [InlineData("$.merchants[0].opening_hours", "merchants.0.opening_hours.monday", "[\"11:00-10:00\"]")]
    [InlineData("$.merchants[0].opening_hours", "merchants.0.opening_hours.funday", "[\"10:00-11:00\"]")]
    [InlineData("$.merchants[0].opening_hours", "merchants.0.opening_hours.monday", "[\"10:00-12:00\",\"11:00-13:00\"]")]
    [InlineData("$.merchants[0].opening_hours", "merchants.0.opening_hours", "{}")]
    [InlineData("$.merchants[0].kitchen", "merchants.0.kitchen", null)]
    [InlineData("$.merchants[0].stay", "merchants.0.stay", "{\"check_in_from\":\"15:00\",\"city_tax\":0,\"weekend_surcharge_basis_points\":0}")]
    [InlineData("$.merchants[0].kitchen.delivery.road_minutes", "merchants.0.kitchen.delivery.road_minutes", "0")]
    [InlineData("$.merchants[3].stay.check_in_from", "merchants.3.stay.check_in_from", "\"3 pm\"")]
    [InlineData("$.merchants[7].shipping[0].days_maximum", "merchants.7.shipping.0.days_maximum", "1")]
    [InlineData("$.merchants[0].products", "merchants.0.products", "[]")]
    [InlineData("$.merchants[0].products[0].price", "merchants.0.products.0.price", "0")]
    [InlineData("$.merchants[0].products[0].price", "merchants.0.products.0.price", "\"cheap\"")]
    [InlineData("$.merchants[0].products[1].id", "merchants.0.products.1.id", "\"pizza-margherita\"")]
    [InlineData("$.merchants[0].products[0].type", "merchants.0.products.0.type", "\"room\"")]
    [InlineData("$.merchants[0].products[0].diets", "merchants.0.products.0.diets", "[\"paleo\"]")]
    [InlineData("$.merchants[0].products[0].stock", "merchants.0.products.0.stock", "-1")]
    [InlineData("$.merchants[0].products[0].tax_basis_points", "merchants.0.products.0.tax_basis_points", "5001")]
    [InlineData("$.merchants[0].products[0].preparation_minutes", "merchants.0.products.0.preparation_minutes", null)]
    [InlineData("$.merchants[0].products[0].sleeps", "merchants.0.products.0.sleeps", "2")]
    [InlineData("$.merchants[0].products[0]", "merchants.0.products.0.starts_at", "\"20:00\"")]
    [InlineData("$.merchants[0].products[0].colour", "merchants.0.products.0.colour", "\"red\"")]
    [InlineData("$.merchants", "merchants", "[]")]
    [InlineData("$", "merchants", null)]
    public void Catalogue_RuleBroken_ErrorNamesFileAndField(string path, string at, string? value)
    {
        var file = Write(at, value);
        var error = Assert.Throws<InvalidDataException>(() => CatalogueLoader.Load(file));
        Assert.StartsWith($"{file}: {path}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Catalogue_NotJson_ErrorNamesTheFile()
    {
        var file = Path.Combine(_folder.FullName, "c.json");
        File.WriteAllText(file, "{ not json");
        Assert.StartsWith(file + ": ", Assert.Throws<InvalidDataException>(() => CatalogueLoader.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task World_OwnCatalogue_SellsFromIt()
    {
        var file = Write("merchants.0.products.0.price", "5000");
        await using var rig = await Rig.StartAsync(o => o with { CataloguePath = file });
        Assert.Equal(5000, (await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Amount("subtotal"));
    }

    [Theory]
    [InlineData("2026-03-06T10:00", "2026-03-06T11:00")]
    [InlineData("2026-03-06T11:00", "2026-03-06T11:00")]
    [InlineData("2026-03-06T15:00", "2026-03-06T17:00")]
    [InlineData("2026-03-06T23:30", "2026-03-07T11:00")]
    public void OpenFrom_AnyTime_NextTimeItIsOpen(string local, string expected)
    {
        var hours = OpeningHours.Parse(Enum.GetNames<DayOfWeek>().ToDictionary(d => d.ToLowerInvariant(), IReadOnlyList<string> (_) => ["11:00-15:00", "17:00-23:00"]));
        Assert.Equal(DateTime.Parse(expected), hours.OpenFrom(DateTime.Parse(local)));
    }

    [Fact]
    public void OpenFrom_OpenOnOneDayOnly_FoundAWeekAhead()
    {
        var hours = OpeningHours.Parse(new Dictionary<string, IReadOnlyList<string>> { ["friday"] = ["10:00-24:00"] });
        Assert.Equal(new DateTime(2026, 3, 13, 10, 0, 0), hours.OpenFrom(new DateTime(2026, 3, 7, 0, 0, 0)));
        Assert.True(hours.IsOpenAt(new DateTime(2026, 3, 6, 23, 59, 0)));
        Assert.False(hours.IsOpenAt(new DateTime(2026, 3, 7, 0, 0, 0)));
        Assert.False(hours.IsOpenOn(new DateOnly(2026, 3, 7)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string at, string? value)
    {
        using var stream = typeof(MerchantWorld).Assembly.GetManifestResourceStream("catalogue.json")!;
        JsonNode root = JsonNode.Parse(stream)!;
        var names = at.Split('.');
        var node = names[..^1].Aggregate(root, (n, name) => int.TryParse(name, out var index) ? n[index]! : n[name]!);
        if (value is null)
        {
            node.AsObject().Remove(names[^1]);
        }
        else
        {
            node[names[^1]] = JsonNode.Parse(value);
        }

        var file = Path.Combine(_folder.FullName, "catalogue.json");
        File.WriteAllText(file, root.ToJsonString());
        return file;
    }
}
