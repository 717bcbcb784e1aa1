using System.Diagnostics;
using EcuAgent.Bench.Service;
using EcuAgent.Commerce.Buyer;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Commerce;

/// <summary>
/// A process that orders is killed after the merchant has carried the order out and before it could hear of it. How long until a service that is
/// started then says on the bus that the order is placed, and how long the settling alone takes in a process that does nothing else.
/// </summary>
internal static class RecoveryBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<Outcome> RunAsync(int starts, string? model)
    {
        var folder = Directory.CreateTempSubdirectory("ecuagent-bench-recovery-");
        try
        {
            using var merchants = await MerchantProcess.StartAsync(Path.Combine(folder.FullName, "registry"));
            var (told, settled) = (new Distribution(), new Distribution());
            for (var start = 0; start < starts; start++)
            {
                var journal = Path.Combine(folder.FullName, $"journal-{start}");
                await KillAfterTheMerchantCompletedAsync(merchants, journal);
                told.Add(await StartServiceAsync(merchants, journal, model));
                Console.Error.WriteLine($"  {start + 1} of {starts}");

                journal += "-alone";
                await KillAfterTheMerchantCompletedAsync(merchants, journal);
                settled.Add(await SettleAsync(merchants, journal));
            }

            var charged = await merchants.ChargedSessionsAsync();
            var ok = charged.Count == 2 * starts && charged.Distinct().Count() == charged.Count;
            return new Outcome(ok, new
            {
                between = "service process started and OrderStatus Placed seen by another process; alone: registry and journal opened and SettleAsync ended, new process each, its own start not counted",
                kills = 2 * starts,
                told_p50_ms = told.At(0.5),
                told_max_ms = told.At(1),
                settle_alone_p50_ms = settled.At(0.5),
                settle_alone_max_ms = settled.At(1),
                charged_twice = charged.Count - charged.Distinct().Count(),
                ok,
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task KillAfterTheMerchantCompletedAsync(MerchantProcess merchants, string journal)
    {
        var before = (await merchants.ChargedSessionsAsync()).Count;
        await merchants.HoldCompletionAsync();
        using var buyer = Start("commit", merchants, journal);
        var begun = Stopwatch.GetTimestamp();
        while ((await merchants.ChargedSessionsAsync()).Count == before)
        {
            if (buyer.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException("the buyer did not come to order");
            }
        }

        buyer.Kill();
        await buyer.WaitForExitAsync();
        await merchants.ReleaseAsync();
    }

    private static async Task<TimeSpan> StartServiceAsync(MerchantProcess merchants, string journal, string? model)
    {
        var domain = BenchDomain.Next();
        using var seat = Bus.Join(domain);
        var placed = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var statuses = seat.Listen<V1.OrderStatus>(status =>
        {
            if (status.State == V1.OrderState.Placed)
            {
                placed.TrySetResult(Stopwatch.GetTimestamp());
            }
        });
        var begin = Stopwatch.GetTimestamp();
        using var service = new ServiceProcess(
            seat, domain, model, "--EcuAgent:Commerce:RegistryFile", merchants.Registry, "--EcuAgent:Journal:Directory", journal);
        try
        {
            return Stopwatch.GetElapsedTime(begin, await placed.Task.WaitAsync(Patience));
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException("the service said nothing of the order");
        }
    }

    private static async Task<TimeSpan> SettleAsync(MerchantProcess merchants, string journal)
    {
        using var buyer = Start("settle", merchants, journal);
        await buyer.WaitForExitAsync();
        var lines = (await buyer.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines is [_, var settled, var took] && settled.Contains("Committing Placed", StringComparison.Ordinal)
            ? TimeSpan.FromMilliseconds(double.Parse(took.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("settling found something else: " + string.Join("; ", lines));
    }

    private static Process Start(string mode, MerchantProcess merchants, string journal) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Shopping).Assembly.Location, mode, merchants.Registry, journal]) { RedirectStandardOutput = true })!;
}
