using System.CommandLine;

namespace EcuAgent.QwenExport;

/// <summary>"random": a checkpoint, or a package at once, of random weights in the shape of a published model.</summary>
internal static class RandomCommand
{
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = $"One of {string.Join(", ", RandomShapes.Names)}", Required = true };
        shape.AcceptOnlyFromAmong(RandomShapes.Names);
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write", Required = true };
        var package = new Option<int?>("--package") { Description = "Write a model package of this many bits (32, 16, 8, 4) instead of a checkpoint" };
        package.AcceptOnlyFromAmong("32", "16", "8", "4");
        var tokenizer = new Option<FileInfo?>("--tokenizer") { Description = "tokenizer.json to put in; one token for each byte when left out" };
        var maxContext = new Option<int>("--max-context") { Description = "Positions of a package; 0: 5120" };
        var cacheBits = new Option<int>("--kv-bits") { Description = "Bits of a package's key/value cache: 32 or 8", DefaultValueFactory = static _ => 32 };
        cacheBits.AcceptOnlyFromAmong("32", "8");
        var seed = new Option<int>("--seed") { Description = "Seed of the weights", DefaultValueFactory = static _ => 1 };
        var command = new Command("random", "Writes random weights in the shape of a published model, for benches and tests.") { shape, output, package, tokenizer, maxContext, cacheBits, seed };
        command.SetAction(parsed => ExportCommand.Guard(() =>
        {
            var name = parsed.GetValue(shape)!;
            var target = parsed.GetValue(output)!.FullName;
            var tokenizerPath = parsed.GetValue(tokenizer)?.FullName;
            if (parsed.GetValue(package) is not { } bits)
            {
                using var staged = new StagedFolder(target);
                RandomCheckpoint.Write(RandomShapes.Get(name), staged.Path, parsed.GetValue(seed), tokenizerPath);
                staged.Commit(CheckpointConfig.FileName, []);
                Console.WriteLine($"{name}: random checkpoint written to {target}");
                return;
            }

            using var checkpoint = new StagedFolder(target + ".checkpoint");
            RandomCheckpoint.Write(RandomShapes.Get(name), checkpoint.Path, parsed.GetValue(seed), tokenizerPath);
            var result = Exporter.Export(
                new ExportSettings(checkpoint.Path, target, bits, "qwen", Name: $"random-{name}", MaxContext: parsed.GetValue(maxContext)) { CacheBits = parsed.GetValue(cacheBits) },
                static _ => { });
            Console.WriteLine(FormattableString.Invariant($"random-{name}: {bits} bits, {result.Report.Bytes / 1e6:0.0} MB of weights, written to {target}"));
        }));
        return command;
    }
}
