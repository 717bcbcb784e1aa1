namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_AreOffAndWithoutFault()
    {
        var options = new QwenCloudOptions();

        Assert.False(options.Enabled);
        Assert.Empty(options.Faults());
        Assert.Equal("", options.Origin);
    }

    [Theory]
    [InlineData("https://dashscope.aliyuncs.com/compatible-mode/v1", "https://dashscope.aliyuncs.com")]
    [InlineData("https://a.example:8443/v1", "https://a.example:8443")]
    [InlineData("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000")]
    [InlineData("http://[::1]:8000/v1", "http://[::1]:8000")]
    [InlineData("http://localhost:8000/v1", "http://localhost:8000")]
    public void Endpoint_HttpsOrLoopback_IsAllowed(string endpoint, string origin)
    {
        var options = new QwenCloudOptions { Enabled = true, Endpoint = new Uri(endpoint) };

        Assert.Empty(options.Faults());
        Assert.Equal(origin, options.Origin);
    }

    [Theory]
    [InlineData("http://dashscope.aliyuncs.com/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    [InlineData("http://10.0.0.1/v1")]
    [InlineData("ftp://127.0.0.1/v1")]
    [InlineData("https://user:pass-word@a.example/v1")]
    [InlineData("https://a.example/v1?key=pass-word")]
    [InlineData("https://a.example/v1#x")]
    [InlineData("v1")]
    public void Endpoint_AnythingElse_IsNamedWithoutSecrets(string endpoint)
    {
        var fault = Assert.Single(new QwenCloudOptions { Enabled = true, Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }.Faults());

        Assert.StartsWith("Endpoint = ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_EnabledWithoutEndpoint_IsNamed() =>
        Assert.Contains("Endpoint is missing", Assert.Single(new QwenCloudOptions { Enabled = true }.Faults()), StringComparison.Ordinal);

    [Fact]
    public void Faults_EachValueOutOfRange_IsNamed()
    {
        QwenCloudOptions good = new();
        (string Name, QwenCloudOptions Bad)[] cases =
        [
            ("Model", good with { Model = "" }),
            ("Model", good with { Model = "qwen plus" }),
            ("ApiKeyVariable", good with { ApiKeyVariable = " " }),
            ("ApiKeyFile", good with { ApiKeyFile = "" }),
            ("Directory", good with { Directory = "" }),
            ("RequestTimeout", good with { RequestTimeout = TimeSpan.FromMilliseconds(199) }),
            ("RequestTimeout", good with { RequestTimeout = TimeSpan.FromSeconds(31) }),
            ("ConnectTimeout", good with { ConnectTimeout = TimeSpan.Zero }),
            ("StallTimeout", good with { StallTimeout = TimeSpan.FromSeconds(-1) }),
            ("LeastTime", good with { LeastTime = TimeSpan.FromSeconds(11) }),
            ("Reserve", good with { Reserve = TimeSpan.Zero }),
            ("MaxOutputTokens", good with { MaxOutputTokens = 15 }),
            ("MaxRequestBytes", good with { MaxRequestBytes = 4095 }),
            ("MaxResponseBytes", good with { MaxResponseBytes = int.MaxValue }),
            ("RequestsToOpen", good with { RequestsToOpen = 1 }),
            ("BreakFor", good with { BreakFor = TimeSpan.Zero }),
            ("LongestHold", good with { LongestHold = TimeSpan.FromHours(2) }),
            ("ConsentHolds", good with { ConsentHolds = TimeSpan.FromDays(731) }),
            ("MaxRecordFileBytes", good with { MaxRecordFileBytes = 100 }),
        ];

        Assert.All(cases, c => Assert.StartsWith(c.Name + " = ", Assert.Single(c.Bad.Faults()), StringComparison.Ordinal));
    }
}
