using System.Diagnostics;
using System.Net.Sockets;

namespace EcuAgent.MerchantSim.Tests.Program;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task Program_Started_OneReadyLineThenEndsOnSignal(string signal)
    {
        using var run = Start("--always-open");
        var line = await run.StandardOutput.ReadLineAsync() ?? "";
        Assert.Matches("^ready: http://127\\.0\\.0\\.1:\\d+, 9 merchants$", line);
        var url = line["ready: ".Length..line.IndexOf(',', StringComparison.Ordinal)];
        using (var client = new HttpClient())
        {
            Assert.Contains("\"acp\"", await client.GetStringAsync(new Uri($"{url}/{Rig.Bills}/.well-known/acp.json")), StringComparison.Ordinal);
        }

        using var kill = Process.Start("kill", [signal, run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await run.WaitForExitAsync();
        Assert.Equal((0, "", ""), (run.ExitCode, await run.StandardOutput.ReadToEndAsync(), await run.StandardError.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(2, "Port 70000", "--port", "70000")]
    [InlineData(2, "--port", "--port", "many")]
    [InlineData(2, "no-such-file.json", "--catalogue", "no-such-file.json")]
    [InlineData(2, "loopback", "--webhooks", "http://example.com/{merchant}")]
    [InlineData(2, "SessionLifetime", "--session-minutes", "0")]
    [InlineData(2, "soap", "--registry", "REGISTRY", "--protocol", "soap")]
    [InlineData(2, "nobody", "--registry", "REGISTRY", "--protocol", "nobody=ucp")]
    [InlineData(2, "JWK", "--ucp-client-key", "merchant-sim.runtimeconfig.json")]
    [InlineData(2, "--teapot", "--teapot")]
    public async Task Program_WrongInput_OneLineAndCode2(int code, string hint, params string[] arguments)
    {
        using var run = Start(arguments);
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith("merchant-sim: ", errors, StringComparison.Ordinal);
        Assert.Contains(hint, errors, StringComparison.OrdinalIgnoreCase);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Program_PortTaken_OneLineAndCode5()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var run = Start("--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(5, run.ExitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "merchant-sim.dll"), .. arguments])
    {
        WorkingDirectory = AppContext.BaseDirectory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
