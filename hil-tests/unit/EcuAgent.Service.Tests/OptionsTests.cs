using EcuAgent.Qwen;
using EcuAgent.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcuAgent.Service.Tests;

/// <summary>Settings as they are bound and checked at the start of the service.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Defaults_AndTheShippedFile_AreValid()
    {
        Assert.Equal("lo", Read().Bus.NetworkInterface);
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        var options = Bind(shipped);
        Assert.Equal((0, "lo", "strict", "model"), (options.Bus.DomainId, options.Bus.NetworkInterface, options.Policy.Profile, options.Model.Directory));
    }

    [Theory]
    [InlineData("Bus:DomainId", "231")]
    [InlineData("Bus:DomainId", "-1")]
    [InlineData("Bus:MaxParticipantIndex", "0")]
    [InlineData("Bus:MaxParticipantIndex", "120")]
    [InlineData("Bus:Source", "a-name-that-is-longer-than-32-bytes")]
    [InlineData("Bus:Source", "十二个汉字的名字太长了吧")]
    [InlineData("Bus:Transport", "7")]
    [InlineData("Vehicle:Driving:SpeedMaxAge", "00:00:00")]
    [InlineData("Vehicle:Driving:StandstillSpeedMetersPerSecond", "-1")]
    [InlineData("Vehicle:FutureTolerance", "-00:00:01")]
    [InlineData("Agent:MinimumAsrConfidence", "7")]
    [InlineData("Agent:MaxOutputTokens", "3")]
    [InlineData("Agent:TurnMemory", "00:00:31")]
    [InlineData("Agent:BesideWithinM", "49")]
    [InlineData("Agent:NearWithinM", "999")]
    [InlineData("Agent:ArrivalShift", "00:00:59")]
    [InlineData("Agent:ErrandsKeptFor", "03:00:00")]
    [InlineData("Agent:StopTakes", "05:00:00")]
    [InlineData("Agent:Errands:MaxErrands", "7")]
    [InlineData("Standby:Role", "7")]
    [InlineData("Standby:Strength", "100")]
    [InlineData("Standby:Lease", "00:00:00.199")]
    [InlineData("Standby:Lease", "00:00:10.001")]
    [InlineData("Standby:TakeBackAfter", "00:00:00.5")]
    [InlineData("Standby:TakeBackAfter", "01:00:01")]
    [InlineData("Deferral:Capacity", "0")]
    [InlineData("Deferral:Capacity", "257")]
    [InlineData("Deferral:Expiry", "00:00:01")]
    [InlineData("Model:ThreadCount", "-2")]
    [InlineData("Model:MaxContext", "5")]
    [InlineData("Model:Sessions", "0")]
    [InlineData("Model:Sessions", "17")]
    [InlineData("Model:DeviceId", "64")]
    [InlineData("Model:MaxCacheBytes", "1048575")]
    [InlineData("Model:ExecutionProvider", "9")]
    [InlineData("Model:GraphFile", " ")]
    [InlineData("Model:ThreadAffinity", "0")]
    [InlineData("Model:ThreadAffinity", "2;;3")]
    [InlineData("Model:ThreadAffinity", "2;3")]
    [InlineData("Audit:MaxFileBytes", "65535")]
    [InlineData("Audit:MaxFileBytes", "268435457")]
    [InlineData("Audit:Directory", " ")]
    [InlineData("Policy:File", "")]
    [InlineData("Cloud:Endpoint", "http://a.example/v1")]
    [InlineData("Cloud:RequestTimeout", "00:01:00")]
    [InlineData("Cloud:MaxResponseBytes", "1")]
    [InlineData("Purchases:RequestTimeout", "00:02:00")]
    [InlineData("Purchases:CompleteAttempts", "0")]
    [InlineData("Commerce:RegistryFile", " ")]
    [InlineData("Commerce:Repeats", "6")]
    [InlineData("Journal:MaximumPurchases", "0")]
    [InlineData("Tools:File", " ")]
    [InlineData("Tools:ListTimeout", "00:01:01")]
    [InlineData("Tools:MostWaiting", "65")]
    [InlineData("Agent:ToolTimeout", "00:02:01")]
    public void Setting_OutOfRange_IsRefusedWithSectionNameAndValue(string key, string value)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        var fault = Assert.Single(error.Failures);
        Assert.StartsWith($"EcuAgent:{key.Split(':')[0]}", fault, StringComparison.Ordinal);
        Assert.Contains(key.Split(':')[^1], fault, StringComparison.Ordinal);
        Assert.Contains(value, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Bus_TransportConnextInABuildWithoutIt_IsRefusedWithTheProperty()
    {
        var faults = Assert.Throws<OptionsValidationException>(() => Read(("Bus:Transport", "Connext"))).Failures;

        Assert.Equal(["EcuAgent:Bus:Transport = Connext; allowed: only in a program that was built with -p:Connext=true"], faults);
    }

    [Fact]
    public void Bus_Transport_IsDdsByDefaultAndBound()
    {
        Assert.Equal((BusTransport.Dds, true, false, "domain 0"), (Read().Bus.Transport, Read().Bus.UsesDds, Read().Bus.UsesSomeIp, Read().Bus.Place));
        var someIp = Read(("Bus:Transport", "someip"), ("Bus:SomeIp:LocalAddress", "127.0.0.9"), ("Bus:SomeIp:SdPort", "30491")).Bus;
        Assert.Equal((false, true, "SOME/IP 127.0.0.9 (discovery port 30491)"), (someIp.UsesDds, someIp.UsesSomeIp, someIp.Place));
        var both = Read(("Bus:Transport", "BOTH"), ("Bus:DomainId", "3")).Bus;
        Assert.Equal((true, true, "domain 3 and SOME/IP 127.0.0.1 (discovery port 30490)"), (both.UsesDds, both.UsesSomeIp, both.Place));
    }

    [Theory]
    [InlineData("LocalAddress", "0.0.0.0", "LocalAddress = '0.0.0.0'; allowed: the address of one interface")]
    [InlineData("LocalAddress", "lo", "LocalAddress = 'lo'; allowed: the address of one interface")]
    [InlineData("SdPort", "0", "SdPort = 0; allowed: 1 to 65535")]
    [InlineData("SdGroup", "10.0.0.1", "SdGroup = '10.0.0.1'; allowed: a multicast address of the family of LocalAddress")]
    [InlineData("SdGroup", "ff02::1", "SdGroup = 'ff02::1'; allowed: a multicast address of the family of LocalAddress")]
    public void SomeIp_SettingThatCannotBeUsed_IsNamedOnlyWhereSomeIpIsUsed(string name, string value, string fault)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(("Bus:Transport", "Both"), ($"Bus:SomeIp:{name}", value)));
        Assert.Equal($"EcuAgent:Bus:SomeIp:{fault}", Assert.Single(error.Failures));
        Assert.Equal(BusTransport.Dds, Read(($"Bus:SomeIp:{name}", value)).Bus.Transport);
    }

    [Fact]
    public void SomeIp_MapFile_IsReadAtTheStartAndAllItsFaultsAreNamed()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{"lengthFieldBits": 32, "services": [{"name": "1", "serviceId": "0x0"}]}""");
            var faults = Assert.Throws<OptionsValidationException>(() => Read(("Bus:Transport", "SomeIp"), ("Bus:SomeIp:MapFile", file))).Failures.ToList();
            Assert.Contains(faults, f => f.StartsWith($"EcuAgent:Bus:SomeIp:MapFile = '{file}': $.services[0].serviceId = \"0x0\":", StringComparison.Ordinal));
            Assert.True(faults.Count > 2);
            var missing = Assert.Throws<OptionsValidationException>(() => Read(("Bus:Transport", "SomeIp"), ("Bus:SomeIp:MapFile", file + ".none"))).Failures;
            Assert.StartsWith($"EcuAgent:Bus:SomeIp:MapFile = '{file}.none'; allowed: a service map that can be read", Assert.Single(missing), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("SomeIp")]
    [InlineData("Both")]
    public void Standby_BesideSomeIp_IsRefused(string transport)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(("Bus:Transport", transport), ("Standby:Role", "Backup")));
        Assert.Equal(
            $"EcuAgent:Bus:Transport = {transport}; allowed: only Dds together with EcuAgent:Standby:Role Backup", Assert.Single(error.Failures));
    }

    [Fact]
    public void RequireE2e_Settings_OffByDefaultBoundAndNamedWhenWrong()
    {
        Assert.Equal(new E2eRequirements(), Read().Vehicle.RequireE2e);
        Assert.Equal(
            new E2eRequirements { Speed = true, Gear = true }, Read(("Vehicle:RequireE2e:Speed", "true"), ("Vehicle:RequireE2e:Gear", "true")).Vehicle.RequireE2e);
        Assert.Contains(
            "'EcuAgent:Vehicle:RequireE2e:Speed'",
            Assert.Throws<InvalidOperationException>(() => Read(("Vehicle:RequireE2e:Speed", "sometimes"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'Sped'",
            Assert.Throws<InvalidOperationException>(() => Read(("Vehicle:RequireE2e:Sped", "true"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Standby_Settings_AreOffByDefaultAndBound()
    {
        Assert.False(Read().Standby.IsOn);
        Assert.Equal(200, Read(("Standby:Role", "Primary")).Standby.ResolvedStrength);
        var backup = Read(("Standby:Role", "backup"), ("Standby:Lease", "00:00:00.8")).Standby;
        Assert.Equal((100, TimeSpan.FromSeconds(0.5)), (backup.ResolvedStrength, backup.OwnLease));
        Assert.Equal(7, Read(("Standby:Role", "Backup"), ("Standby:Strength", "7")).Standby.ResolvedStrength);
    }

    [Fact]
    public void Standby_LeaseLongerThanTheEcuRemembersCommands_IsRefused()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), Read(("Standby:Lease", "00:00:04")).Standby.Lease);
        var fault = Assert.Single(Assert.Throws<OptionsValidationException>(() => Read(("Standby:Role", "Backup"), ("Standby:Lease", "00:00:04"))).Failures);
        Assert.Equal("EcuAgent:Standby:Lease = 00:00:04; allowed: at most half of Agent:CommandExpiry = 00:00:05", fault);
    }

    [Fact]
    public void Purchases_OneCap_ReplacesThatOneAndKeepsTheOthers()
    {
        var caps = Read(("Purchases:Caps:PerOrder:EUR", "12345"), ("Purchases:Caps:PerDay:JPY", "5000")).Purchases.Caps;

        Assert.Equal((12345L, 30_000L, 50_000L, 5000L), (caps.PerOrder["EUR"], caps.PerOrder["USD"], caps.PerTrip["EUR"], caps.PerDay["JPY"]));
        Assert.Equal(30_000, Read().Purchases.Caps.PerOrder["EUR"]);
    }

    [Fact]
    public void Commerce_Settings_AreOffByDefaultAndBound()
    {
        Assert.Null(Read().Commerce.RegistryFile);
        var options = Read(("Commerce:RegistryFile", "m.json"), ("Journal:Directory", "/j"), ("Agent:Ranking:PricePoints", "7"));
        Assert.Equal(("m.json", "/j", 7), (options.Commerce.RegistryFile, options.Journal.Directory, options.Agent.Ranking.PricePoints));
    }

    [Fact]
    public void Preferences_Settings_AreNoneByDefaultAndBound()
    {
        var none = Read().Agent.Preferences;
        Assert.Equal((0, 0, null), (none.Diets.Count, none.Budgets.FoodPerPerson.Count, none.Currency));

        var preferences = Read(
            ("Agent:Preferences:Diets:0", "vegan"), ("Agent:Preferences:Diets:1", "halal"), ("Agent:Preferences:Currency", "CHF"),
            ("Agent:Preferences:Budgets:FoodPerPerson:EUR", "1500"), ("Agent:Preferences:Budgets:FoodPerPerson:CHF", "2000"),
            ("Agent:Preferences:Budgets:HotelPerNight:EUR", "12000"), ("Agent:Preferences:Budgets:TicketEach:EUR", "2500")).Agent.Preferences;
        Assert.Equal(["vegan", "halal"], preferences.Diets);
        Assert.Equal(
            (1500L, 2000L, 12_000L, 2500L, "CHF"),
            (preferences.Budgets.FoodPerPerson["EUR"], preferences.Budgets.FoodPerPerson["CHF"], preferences.Budgets.HotelPerNight["EUR"], preferences.Budgets.TicketEach["EUR"], preferences.Currency));
    }

    [Fact]
    public void Preferences_SettingsThatAreWrong_AreAllNamedWithValueAndWhatIsAllowed()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(
            ("Agent:Preferences:Diets:0", "vegan"), ("Agent:Preferences:Diets:1", "paleo"), ("Agent:Preferences:Currency", "euro"),
            ("Agent:Preferences:Budgets:FoodPerPerson:EUR", "0"), ("Agent:Preferences:Budgets:HotelPerNight:eur", "12000"),
            ("Agent:Preferences:Budgets:TicketEach:USD", "100000001")));

        Assert.Equal(
            [
                "EcuAgent:Agent:Preferences:Diets:1 = 'paleo'; known are vegetarian, vegan, halal, kosher, gluten_free",
                "EcuAgent:Agent:Preferences:Budgets:FoodPerPerson:EUR = 0; allowed: 1 to 100000000 minor units",
                "EcuAgent:Agent:Preferences:Budgets:HotelPerNight:eur = 12000; allowed: three upper-case letters as the currency",
                "EcuAgent:Agent:Preferences:Budgets:TicketEach:USD = 100000001; allowed: 1 to 100000000 minor units",
                "EcuAgent:Agent:Preferences:Currency = 'euro'; allowed: three upper-case letters, or leave the setting out",
            ],
            error.Failures);
    }

    [Fact]
    public void Webhooks_Settings_AreOffByDefaultBoundAndCheckedWithTheRegistry()
    {
        Assert.Null(Read().Webhooks.Listen);
        var webhooks = Read(("Commerce:RegistryFile", "m.json"), ("Webhooks:Listen", "http://127.0.0.1:8642"), ("Webhooks:MaxWaiting", "9")).Webhooks;
        Assert.Equal(("http://127.0.0.1:8642", 9), (webhooks.Listen, webhooks.MaxWaiting));

        var faults = Assert.Throws<OptionsValidationException>(
            () => Read(("Webhooks:Listen", "http://10.20.0.5:8642"), ("Webhooks:MaxConnections", "0"))).Failures.ToArray();
        Assert.Equal(4, faults.Length);
        Assert.All(faults, fault => Assert.StartsWith("EcuAgent:Webhooks:", fault, StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.EndsWith("only together with EcuAgent:Commerce:RegistryFile", StringComparison.Ordinal));
    }

    [Fact]
    public void Cloud_Settings_AreOffByDefaultAndBound()
    {
        Assert.False(Read().Cloud.Enabled);
        var cloud = Read(("Cloud:Enabled", "true"), ("Cloud:Endpoint", "https://a.example/v1"), ("Cloud:EnableThinking", "")).Cloud;
        Assert.Equal((true, "https://a.example", null), (cloud.Enabled, cloud.Origin, cloud.EnableThinking));
    }

    [Fact]
    public void Model_Settings_ReachTheRuntime()
    {
        var options = Read(
            ("Model:Sessions", "2"), ("Model:ExecutionProvider", "cuda"), ("Model:DeviceId", "1"), ("Model:FallBackToCpu", "true"), ("Model:GraphFile", "model_q4.onnx"),
            ("Model:MaxCacheBytes", "2000000"), ("Model:ThreadCount", "3"), ("Model:ThreadAffinity", "2;3-4"), ("Model:AllowSpinning", "false"), ("Model:MaxContext", "640"),
            ("Model:Directory", "/models/own")).Model.ToQwenOptions();

        Assert.Equal(
            new QwenOptions
            {
                ModelDirectory = "/models/own", Sessions = 2, ExecutionProvider = QwenExecutionProvider.Cuda, DeviceId = 1, FallBackToCpu = true, GraphFile = "model_q4.onnx",
                MaxCacheBytes = 2_000_000, ThreadCount = 3, ThreadAffinity = "2;3-4", AllowSpinning = false, MaxContext = 640,
            },
            options);
    }

    [Fact]
    public void Model_SettingsLeftOut_AreTheRuntimesDefaults() =>
        Assert.Equal(new QwenOptions { ModelDirectory = "/m" }, Read(("Model:Directory", "/m")).Model.ToQwenOptions());

    [Fact]
    public void Settings_WrongInSeveralSections_AreAllNamedAtOnce()
    {
        var error = Assert.Throws<OptionsValidationException>(
            () => Read(("Bus:DomainId", "999"), ("Agent:MaxOutputTokens", "3"), ("Audit:MaxFileBytes", "1")));
        Assert.Equal(3, error.Failures.Count());
    }

    [Theory]
    [InlineData("Bus:Domian")]
    [InlineData("Buss:DomainId")]
    [InlineData("Vehicle:Driving:SpeedMaximumAge")]
    public void Key_ThatNoSettingHas_IsRefusedByName(string key)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read((key, "3")));
        Assert.Contains(key.Split(':').First(part => part is "Domian" or "Buss" or "SpeedMaximumAge"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bus:DomainId", "three")]
    [InlineData("Vehicle:Driving:SpeedMaxAge", "soon")]
    [InlineData("Vehicle:Driving:HasParkPosition", "perhaps")]
    [InlineData("Model:ExecutionProvider", "Npu")]
    [InlineData("Model:FallBackToCpu", "maybe")]
    public void Value_OfTheWrongKind_IsRefusedWithNameAndValue(string key, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read((key, value)));
        Assert.Contains($"EcuAgent:{key}", error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_WithoutADirectory_GoesToTheUsersState()
    {
        Assert.EndsWith(Path.Combine("ecuagent", "audit"), Read().Audit.ResolvedDirectory, StringComparison.Ordinal);
        Assert.Equal("/somewhere", Read(("Audit:Directory", "/somewhere")).Audit.ResolvedDirectory);
    }

    private static EcuAgentOptions Read(params (string Key, string Value)[] settings) => Bind(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => "EcuAgent:" + s.Key, s => (string?)s.Value)).Build());

    private static EcuAgentOptions Bind(IConfiguration configuration)
    {
        using var services = new ServiceCollection()
            .AddEcuAgentOptions(configuration)
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<EcuAgentOptions>>().Value;
    }
}
