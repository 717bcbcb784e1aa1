using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.SomeIp.VehicleBus.Tests;

public sealed class RateLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Sender_AtExactlyTheRateWithATimerThatIsNeverQuiteRight_LosesNothing(int rate)
    {
        var limit = new RateLimit(rate, _time);
        var random = new Random(rate);
        var period = TimeSpan.FromSeconds(1) / rate;
        var most = TimeSpan.FromTicks(Math.Min(RateLimit.Jitter.Ticks / 2, period.Ticks / 2));
        var last = TimeSpan.Zero;
        for (var i = 0; i < 5 * rate; i++)
        {
            var at = (period * i) + (most * random.NextDouble());
            _time.Advance(at - last);
            last = at;
            Assert.True(limit.TryEnter(), $"sample {i} at {at}");
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void Sender_TwiceAsFast_IsHeldToTheRateAndTheJitter(int rate)
    {
        var limit = new RateLimit(rate, _time);
        var passed = 0;
        for (var i = 0; i < 20 * rate; i++)
        {
            passed += limit.TryEnter() ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(0.5) / rate);
        }

        // Ten seconds: at most so many in each 980 ms, those of the first one at once.
        Assert.InRange(passed, 10 * rate, 11 * rate);
    }

    [Fact]
    public void Burst_MayBeAWholeSecondsWorthAndNoMore()
    {
        var limit = new RateLimit(3, _time);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limit.TryEnter()));
        _time.Advance(TimeSpan.FromSeconds(1) - RateLimit.Jitter - TimeSpan.FromTicks(1));
        Assert.False(limit.TryEnter());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(limit.TryEnter());
    }
}
