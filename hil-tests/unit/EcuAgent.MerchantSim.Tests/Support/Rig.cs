using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>A real world on a real port; only the time is the test's. It begins on a Friday at 13:00 in Munich.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Trattoria = "trattoria-bellavista";
    public const string Dragon = "golden-dragon";
    public const string Hotel = "hotel-adler";
    public const string Aquarium = "ocean-aquarium";
    public const string Cinema = "arena-cinema";
    public const string Books = "page-one";
    public const string Bills = "city-pay";

    public static readonly DateTimeOffset Start = new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero);

    private Rig(FakeTimeProvider time, MerchantWorld world)
    {
        Time = time;
        World = world;
        Client = new AcpClient(world);
    }

    public FakeTimeProvider Time { get; }

    public MerchantWorld World { get; }

    public AcpClient Client { get; }

    public static async Task<Rig> StartAsync(Func<MerchantWorldOptions, MerchantWorldOptions>? change = null)
    {
        var time = new FakeTimeProvider(Start);
        var options = new MerchantWorldOptions { Time = time };
        return new Rig(time, await MerchantWorld.StartAsync(change?.Invoke(options) ?? options));
    }

    public static JsonObject Visit(string day) => new() { ["ecuagent_visit_date"] = day };

    public static JsonObject Stay(string day, int nights = 1) => new() { ["ecuagent_check_in"] = day, ["ecuagent_nights"] = nights };

    public Task<Reply> ControlAsync(string what, JsonObject body) => Client.PostAsync($"control/{what}", body);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await World.DisposeAsync();
    }
}
