using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Registry;

/// <summary>A registry that is right, read from real files.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Registry_Whole_IsReadAsItStands()
    {
        _folder.WriteRegistry(RegistryFolder.Registry());

        var registry = RegistryLoader.Load(_folder.File);

        var merchant = Assert.Single(registry.Merchants);
        Assert.Equal(("trattoria", "Trattoria Uno", MerchantProtocol.Acp), (merchant.Id, merchant.Profile.Name, merchant.Protocol));
        Assert.Equal(("http://127.0.0.1:9/acp", "feeds/feed_1/products", "eur", "EUR", "de-DE"), (merchant.BaseUrl.ToString(), merchant.FeedPath, merchant.WireCurrency, merchant.Currency, merchant.Locale));
        Assert.Equal([MerchantNeed.Food, MerchantNeed.Table], merchant.Profile.Needs.Order());
        Assert.Equal(new GeoPoint(48.137, 11.575), merchant.Profile.Position);
        Assert.Equal((4.5, true), (merchant.Profile.Rating, merchant.Profile.IsSponsored));
        Assert.Equal((RegistryFolder.Token, RegistryFolder.WebhookSecret), (merchant.BearerToken!.Text, merchant.WebhookSecret!.Text));
        Assert.Equal(("http://127.0.0.1:9/psp", RegistryFolder.ProviderToken, RegistryFolder.Instrument, "debit"), (registry.Payment!.BaseUrl.ToString(), registry.Payment.BearerToken.Text, registry.Payment.Instrument.Text, registry.Payment.FundingType));
        Assert.Equal("acct_trattoria", registry.Payment.MerchantIds["trattoria"]);
        Assert.Equal((RegistryFolder.Name, RegistryFolder.Email, "+4989123456"), (registry.Buyer!.Name, registry.Buyer.Email, registry.Buyer.Phone));
        Assert.Equal(RegistryFolder.Street, registry.Buyer.AddressOf(DeliveryPlace.Home)!.LineOne);
        Assert.Equal(RegistryFolder.WorkStreet, registry.Buyer.AddressOf(DeliveryPlace.Work)!.LineOne);
        Assert.Null(registry.Buyer.AddressOf(DeliveryPlace.None));
    }

    [Theory]
    [InlineData("2026-05-04T09:00:00Z", true)] // Monday 11:00 in Berlin
    [InlineData("2026-05-04T08:59:00Z", false)]
    [InlineData("2026-05-06T10:00:00Z", false)] // Wednesday
    [InlineData("2026-05-09T23:30:00Z", true)] // Sunday 01:30, still Saturday's span
    [InlineData("2026-05-10T00:00:00Z", false)]
    public void Hours_Spans_AreThoseOfTheMerchantsZone(string instant, bool isOpen)
    {
        _folder.WriteRegistry(RegistryFolder.Registry());

        var hours = Assert.Single(RegistryLoader.Load(_folder.File).Merchants).Profile.Hours!;

        Assert.Equal(isOpen, hours.IsOpenAt(DateTimeOffset.Parse(instant)));
    }

    [Theory]
    [InlineData(true, null, "2026-05-05")]
    [InlineData(true, "Europe/Berlin", "2026-05-05")]
    [InlineData(false, "Europe/Berlin", "2026-05-05")]
    [InlineData(false, "America/New_York", "2026-05-04")]
    [InlineData(false, null, "2026-05-04")]
    public void Registry_Zone_SaysWhoseMidnightEndsADay(bool hasHours, string? zone, string day)
    {
        var registry = RegistryFolder.Registry();
        var merchant = registry["merchants"]![0]!.AsObject();
        if (!hasHours)
        {
            merchant.Remove("hours");
        }

        if (zone is not null)
        {
            merchant["zone"] = zone;
        }

        _folder.WriteRegistry(registry);

        var profile = Assert.Single(RegistryLoader.Load(_folder.File).Merchants).Profile;

        Assert.Equal(DateOnly.Parse(day), profile.DayAt(new DateTimeOffset(2026, 5, 4, 22, 30, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Registry_Least_NeedsNoPaymentBuyerOrPlace()
    {
        var merchant = RegistryFolder.Merchant();
        foreach (var optional in new[] { "feed", "position", "hours", "rating", "sponsored", "webhookSecret" })
        {
            merchant.Remove(optional);
        }

        _folder.WriteRegistry(new JsonObject { ["format"] = "ecuagent-merchants/1", ["merchants"] = new JsonArray(merchant) });

        var registry = RegistryLoader.Load(_folder.File);

        Assert.Null(registry.Payment);
        Assert.Null(registry.Buyer);
        var profile = Assert.Single(registry.Serving(MerchantNeed.Table));
        Assert.Equal((null, null, null, false), (profile.Position, profile.Hours, profile.Rating, profile.IsSponsored));
        Assert.Empty(registry.Serving(MerchantNeed.Hotel));
    }

    [Fact]
    public void Feed_WithAPath_IsThatPath()
    {
        var registry = RegistryFolder.Registry();
        registry["merchants"]![0]!["feed"] = "product_feeds/en/products";
        _folder.WriteRegistry(registry);

        Assert.Equal("product_feeds/en/products", Assert.Single(RegistryLoader.Load(_folder.File).Merchants).FeedPath);
        Assert.Equal(["$.merchants[0].feed"], FaultsWith("a//b").Concat(FaultsWith("a/../b")).Concat(FaultsWith("/a")).Distinct());
        Assert.Equal(3, FaultsWith("a//b").Length + FaultsWith("a/../b").Length + FaultsWith("/a").Length);

        string[] FaultsWith(string feed)
        {
            registry["merchants"]![0]!["feed"] = feed;
            _folder.WriteRegistry(registry);
            return [.. Assert.Throws<RegistryException>(() => RegistryLoader.Load(_folder.File)).Faults.Select(fault => fault.Path)];
        }
    }

    [Fact]
    public void Registry_ByteOrderMark_IsPassedOver()
    {
        _folder.Write("merchants.json", "\uFEFF" + RegistryFolder.Registry().ToJsonString());

        Assert.Single(RegistryLoader.Load(_folder.File).Merchants);
    }

    [Fact]
    public void Secret_FromTheEnvironment_IsRead()
    {
        const string Variable = "ECUAGENT_COMMERCE_TEST_TOKEN";
        Environment.SetEnvironmentVariable(Variable, "from-the-environment");
        var registry = RegistryFolder.Registry();
        registry["merchants"]![0]!["bearerToken"] = new JsonObject { ["env"] = Variable };
        _folder.WriteRegistry(registry);

        var token = Assert.Single(RegistryLoader.Load(_folder.File).Merchants).BearerToken!;

        Assert.Equal(("from-the-environment", $"environment {Variable}"), (token.Text, token.ToString()));
    }

    [Fact]
    public void Registry_OfUcp_IsReadWithItsKey()
    {
        var written = RegistryFolder.Registry();
        Dialect.Ucp.Speak(written);
        written["merchants"]![0]!["answersSigned"] = true;
        written["merchants"]![0]!.AsObject().Remove("bearerToken");
        _folder.WriteRegistry(written);

        var registry = RegistryLoader.Load(_folder.File);

        var merchant = Assert.Single(registry.Merchants);
        Assert.Equal((MerchantProtocol.Ucp, true, null), (merchant.Protocol, merchant.AreAnswersSigned, merchant.BearerToken));
        Assert.Equal(("https://car.example/ucp.json", "https://car.example/events/ucp"), (registry.Ucp!.ProfileUrl.AbsoluteUri, registry.Ucp.WebhookUrl!.AbsoluteUri));
        Assert.NotNull(registry.Ucp.SigningKey);
        Assert.Equal(["com.example.card"], registry.Payment!.UcpHandlers);
        Assert.Equal(("visa", "4242"), registry.Payment.Card);
    }

    [Fact]
    public void Adapter_WithoutRegistry_HasNoMerchantAndNoPayment()
    {
        using var adapter = CommerceAdapter.Open(new CommerceOptions());

        Assert.Empty(adapter.Merchants(MerchantNeed.Food));
        Assert.False(adapter.CanPay);
    }

    [Fact]
    public async Task Adapter_UnknownMerchant_IsNotConfigured()
    {
        using var adapter = CommerceAdapter.Open(new CommerceOptions());

        var answer = await adapter.GetAsync("nobody", Sessions.Id, CancellationToken.None);

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NotConfigured), (answer.Outcome, answer.Reason));
    }
}
