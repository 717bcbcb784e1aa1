namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>Waits for what must come; only a test that hangs meets the watchdog.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begin) < Watchdog, $"never: {what}");
            await Task.Delay(LookEvery, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The first that fits.</summary>
    public static async Task<T> OneOfAsync<T>(Func<IReadOnlyList<T>> all, Func<T, bool> fits, string what)
    {
        T? found = default;
        await TrueAsync(
            () =>
            {
                foreach (var one in all())
                {
                    if (fits(one))
                    {
                        found = one;
                        return true;
                    }
                }

                return false;
            },
            what);
        return found!;
    }
}
