using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Commerce.Tests.Support;

internal static class Pump
{
    /// <summary>
    /// Lets the test's time pass while real sockets do their work, until a task ends. The clock moves only here. Steps are small where an answer
    /// is on its way, so that it comes long before a limit of seconds.
    /// </summary>
    internal static async Task<T> UntilAsync<T>(this FakeTimeProvider time, Task<T> task, int stepMs = 20)
    {
        while (await Task.WhenAny(task, Task.Delay(5)) != task)
        {
            time.Advance(TimeSpan.FromMilliseconds(stepMs));
        }

        return await task;
    }

    /// <summary>The same for a server that will never answer: time stands still until it has the request, and then goes fast.</summary>
    internal static async Task<T> UntilAsync<T>(this FakeTimeProvider time, Task<T> task, HostileServer server)
    {
        while (server.Requests == 0 && !task.IsCompleted)
        {
            await Task.Delay(1);
        }

        return await time.UntilAsync(task, stepMs: 500);
    }
}
