using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;

namespace EcuAgent.Fuzz;

/// <summary>
/// Coverage-guided fuzzing of everything that reads SOME/IP from the network. Exit codes: 0 nothing found, 1 a finding, 2 wrong input. The branches are
/// counted by SharpFuzz's instrumentation in a copy of the assemblies; the loop is its own, so that nothing else has to be installed.
/// </summary>
internal static class Program
{
    internal const string InstrumentedVariable = "ECUAGENT_FUZZ_INSTRUMENTED";

    private static readonly Argument<string> Target = new("TARGET") { Description = "wire: datagrams, TP, service discovery, TCP stream; payload: types of the contract; planted: a fault to be found" };
    private static readonly Option<double?> Seconds = new("--seconds") { Description = "how long (default 60, unless --executions is given)" };
    private static readonly Option<long?> Executions = new("--executions") { Description = "at most so many inputs" };
    private static readonly Option<int> Seed = new("--seed") { Description = "of the random numbers (default 0)" };
    private static readonly Option<DirectoryInfo?> Corpus = new("--corpus") { Description = "folder of inputs: begins with them, adds what reaches something new" };
    private static readonly Option<FileInfo?> Replay = new("--replay") { Description = "runs this one input and ends" };
    private static readonly Option<bool> Blind = new("--blind") { Description = "learns nothing from the branches: what chance alone finds" };

    private static int Main(string[] args)
    {
        Target.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
        Seconds.Validators.Add(static result => Require(result, static value => value is null or > 0 and <= 1e6, Seconds, "more than 0, at most 1000000"));
        Executions.Validators.Add(static result => Require(result, static value => value is null or > 0, Executions, "more than 0"));
        var root = new RootCommand("Looks for bytes that make a reader of SOME/IP throw, hang or break a promise.") { Target, Seconds, Executions, Seed, Corpus, Replay, Blind };
        root.SetAction(parsed => Act(parsed, args));
        var result = root.Parse(args);
        return result.Errors.Count > 0 ? Refuse(string.Join(Environment.NewLine, result.Errors.Select(static error => error.Message))) : result.Invoke();
    }

    private static int Act(ParseResult parsed, string[] args)
    {
        try
        {
            if (parsed.GetValue(Replay) is { } file)
            {
                FuzzTargets.Create(parsed.GetRequiredValue(Target)).Run(File.ReadAllBytes(file.FullName));
                Console.WriteLine($"{file.Name}: nothing happens");
                return 0;
            }

            if (Environment.GetEnvironmentVariable(InstrumentedVariable) is not null)
            {
                return Fuzz(parsed);
            }

            using var copy = new InstrumentedCopy(AppContext.BaseDirectory);
            return copy.Run(args);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse(error.Message);
        }
        catch (Exception error) when (parsed.GetValue(Replay) is not null)
        {
            Console.WriteLine(error);
            return 1;
        }
    }

    private static int Fuzz(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Target);
        var corpus = parsed.GetValue(Corpus);
        corpus?.Create();
        var options = new FuzzOptions
        {
            Executions = parsed.GetValue(Executions) ?? long.MaxValue,
            Duration = parsed.GetValue(Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds)
                : parsed.GetValue(Executions) is null ? TimeSpan.FromSeconds(60) : Timeout.InfiniteTimeSpan,
            Seed = parsed.GetValue(Seed),
            IsBlind = parsed.GetValue(Blind),
        };
        using var map = new CoverageMap();
        var fuzzer = new Fuzzer(FuzzTargets.Create(name), map, options, TimeProvider.System)
        {
            OnKept = input => Save(corpus, "", input),
            OnHang = input =>
            {
                Console.WriteLine($"{name}: an input does not end within {options.Hang.TotalSeconds} s: {Save(corpus ?? new DirectoryInfo("."), "finding-", input)}");
                Environment.Exit(1);
            },
        };
        var start = TimeProvider.System.GetTimestamp();
        var result = fuzzer.Run(corpus?.EnumerateFiles("*.bin").OrderBy(static file => file.Name, StringComparer.Ordinal).Select(static file => File.ReadAllBytes(file.FullName)).ToList() ?? []);
        var took = TimeProvider.System.GetElapsedTime(start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {result.Executions} inputs in {took.TotalSeconds:0.0} s ({result.Executions / took.TotalSeconds:0} per s), {result.Kept} kept, {result.Branches} branches of which the seeds take {result.SeedBranches}"));
        if (result.Error is null)
        {
            return 0;
        }

        Console.WriteLine(result.Error);
        Console.WriteLine($"{name}: the input is {Save(corpus ?? new DirectoryInfo("."), "finding-", result.Input!)}; see it again with --replay");
        return 1;
    }

    private static string Save(DirectoryInfo? folder, string prefix, byte[] input)
    {
        if (folder is null)
        {
            return "";
        }

        var path = Path.Combine(folder.FullName, $"{prefix}{Convert.ToHexStringLower(SHA256.HashData(input))[..16]}.bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static void Require<T>(System.CommandLine.Parsing.OptionResult result, Func<T?, bool> isAllowed, Option<T?> option, string allowed)
    {
        if (!isAllowed(result.GetValueOrDefault<T?>()))
        {
            result.AddError($"{option.Name} {result.Tokens[0].Value}; allowed: {allowed}");
        }
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine($"fuzz: {problem}");
        return 2;
    }
}
