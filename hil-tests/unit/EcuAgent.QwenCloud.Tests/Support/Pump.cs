using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.QwenCloud.Tests.Support;

internal static class Pump
{
    /// <summary>Lets the test's time pass while real sockets do their work, until a task ends. The clock only moves here, so the outcome does not hang on the machine's speed.</summary>
    internal static async Task<T> UntilAsync<T>(this FakeTimeProvider time, Task<T> task)
    {
        while (await Task.WhenAny(task, Task.Delay(5)) != task)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        return await task;
    }
}
