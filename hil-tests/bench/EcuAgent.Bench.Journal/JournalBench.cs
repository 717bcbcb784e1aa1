using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EcuAgent.Bench.Service;
using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Bench.Journal;

/// <summary>
/// WriteAsync beside two plain files on the same file system: one that takes the bytes of the record and one that takes as many bytes as the
/// journal gave to the kernel, each forced to the disk. The three take turns, in changing order, so that they meet the same load.
/// </summary>
internal static class JournalBench
{
    private const int WarmUp = 100;

    internal static async Task<object> RunAsync(string folder, int writes)
    {
        var load = Machine.LoadAverage();
        var options = new PurchaseJournalOptions { Directory = Path.Combine(folder, "journal") };
        var states = SamplePurchases.States().GetEnumerator();
        var journal = Open(options);
        try
        {
            Console.Error.WriteLine("warm-up ...");
            var bytesBefore = BytesGivenToKernel();
            for (var i = 0; i < WarmUp; i++)
            {
                await journal.WriteAsync(Next(states), CancellationToken.None);
            }

            var bytesAWrite = (int)((BytesGivenToKernel() - bytesBefore) / WarmUp);
            Console.Error.WriteLine($"{writes} writes ...");
            using var record = new PlainFile(Path.Combine(folder, "record"));
            using var same = new PlainFile(Path.Combine(folder, "same"));
            var (written, appended, appendedSame) = (new Distribution(), new Distribution(), new Distribution());
            var recordBytes = 0L;
            for (var i = 0; i < writes; i++)
            {
                var state = Next(states);
                var line = JsonSerializer.SerializeToUtf8Bytes(state);
                recordBytes += line.Length;
                for (var turn = 0; turn < 3; turn++)
                {
                    switch ((i + turn) % 3)
                    {
                        case 0:
                            var begin = Stopwatch.GetTimestamp();
                            await journal.WriteAsync(state, CancellationToken.None);
                            written.AddSince(begin);
                            break;
                        case 1:
                            record.Append(line, appended);
                            break;
                        default:
                            same.Append(new byte[bytesAWrite], appendedSame);
                            break;
                    }
                }
            }

            Console.Error.WriteLine("opening ...");
            var killed = CopyAsKilled(options.Directory!, Path.Combine(folder, "killed"));
            var afterKill = OpenTime(options with { Directory = killed });
            journal.Dispose();
            var afterClose = OpenTime(options);
            return new
            {
                bench = "journal",
                between = "call of WriteAsync and its completion; beside it one append and fsync of a plain file, in turns",
                load_average_before = load,
                file_system = new DriveInfo(folder).DriveFormat,
                writes,
                write_p50_ms = written.At(0.5),
                write_p99_ms = written.At(0.99),
                write_max_ms = written.At(1),
                append_p50_ms = appended.At(0.5),
                append_p99_ms = appended.At(0.99),
                append_max_ms = appended.At(1),
                ratio_to_append_p50 = Ratio(written, appended, 0.5),
                ratio_to_append_p99 = Ratio(written, appended, 0.99),
                append_bytes = recordBytes / writes,
                append_same_bytes_p50_ms = appendedSame.At(0.5),
                append_same_bytes_p99_ms = appendedSame.At(0.99),
                ratio_to_append_same_bytes_p50 = Ratio(written, appendedSame, 0.5),
                ratio_to_append_same_bytes_p99 = Ratio(written, appendedSame, 0.99),
                append_same_bytes = bytesAWrite,
                states = writes + WarmUp,
                database_bytes = new FileInfo(JournalFolder.DatabaseIn(options.Directory!)).Length,
                open_after_close_ms = afterClose,
                open_after_kill_ms = afterKill,
            };
        }
        finally
        {
            journal.Dispose();
        }
    }

    private static PurchaseJournal Open(PurchaseJournalOptions options) =>
        PurchaseJournal.Open(options, TimeProvider.System, NullLogger<PurchaseJournal>.Instance);

    private static PurchaseRecord Next(IEnumerator<PurchaseRecord> states)
    {
        states.MoveNext();
        return states.Current;
    }

    private static double Ratio(Distribution ours, Distribution theirs, double share) => Math.Round(ours.At(share) / theirs.At(share), 2);

    private static double OpenTime(PurchaseJournalOptions options)
    {
        var begin = Stopwatch.GetTimestamp();
        using var journal = Open(options);
        return Math.Round(Stopwatch.GetElapsedTime(begin).TotalMilliseconds, 1);
    }

    /// <summary>The files as a kill leaves them: with the log, without its index, which lives in shared memory.</summary>
    private static string CopyAsKilled(string from, string to)
    {
        Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return to;
    }

    private static long BytesGivenToKernel() => long.Parse(
        File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar: ", StringComparison.Ordinal))["wchar: ".Length..],
        CultureInfo.InvariantCulture);
}
