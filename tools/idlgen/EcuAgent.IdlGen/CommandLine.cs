using System.Globalization;
using EcuAgent.IdlGen.Emit;
using EcuAgent.IdlGen.Syntax;

namespace EcuAgent.IdlGen;

/// <summary>The command line: reads one IDL file, writes or checks the folder of generated C#, or writes XML for RTI Connext.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    private static readonly string[] ForCSharp = ["--in", "--out", "--namespace"];
    private static readonly string[] ForXml = ["--in", "--xml", "--topics"];

    private const string SomeIp = "--someip";

    private const string Usage = """
        Usage: idlgen --in FILE.idl --out DIR --namespace NS [--someip BITS] [--check]
               idlgen --in FILE.idl --xml FILE.xml --topics FILE.json

          --in FILE        the IDL to read; what it includes is read too
          --out DIR        folder of the generated files; every *.g.cs in it belongs to the generator
          --namespace NS   C# namespace that takes the place of the outermost module
          --someip BITS    also put each struct into SOME/IP payloads; width of their length fields: 8, 16 or 32
          --check          write nothing; fail when DIR is not what FILE gives
          --xml FILE       write types, QoS and topics as XML for RTI Connext
          --topics FILE    the topics with their QoS (idl/topics.json)

        Exit code: 0 done or up to date, 1 the IDL has an error or --check found a difference, 2 wrong usage.
        """;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Any(static x => x is "--help" or "-h" or "-?"))
        {
            output.WriteLine(Usage);
            return Done;
        }

        if (!TryRead(arguments, out var options, out var wrong))
        {
            errors.WriteLine($"idlgen: {wrong}");
            errors.WriteLine(Usage);
            return WrongUsage;
        }

        try
        {
            var idl = Parser.Parse(options["--in"], File.ReadAllText);
            if (options.TryGetValue("--xml", out var xml))
            {
                File.WriteAllText(xml, ConnextXml.Emit(idl, TopicEntry.Read(options["--topics"])));
                output.WriteLine($"idlgen: wrote {xml}");
                return Done;
            }

            var files = CSharpEmitter.Emit(idl, options["--namespace"], SomeIpLengthBytes(options));
            var folder = new OutputFolder(options["--out"]);
            return options.ContainsKey("--check") ? Check(folder, files, output, errors) : Write(folder, files, output);
        }
        catch (IdlException e)
        {
            errors.WriteLine(e.Line);
            return Failed;
        }
        catch (InvalidDataException e)
        {
            errors.WriteLine($"idlgen: {e.Message}");
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"idlgen: cannot write to '{options.GetValueOrDefault("--xml") ?? options["--out"]}': {e.Message}");
            return Failed;
        }
    }

    private static int? SomeIpLengthBytes(Dictionary<string, string> options) =>
        options.TryGetValue(SomeIp, out var bits) ? int.Parse(bits, CultureInfo.InvariantCulture) / 8 : null;

    private static int Write(OutputFolder folder, IReadOnlyList<GeneratedFile> files, TextWriter output)
    {
        folder.Write(files);
        output.WriteLine($"idlgen: wrote {files.Count} files");
        return Done;
    }

    private static int Check(OutputFolder folder, IReadOnlyList<GeneratedFile> files, TextWriter output, TextWriter errors)
    {
        var differences = folder.Differences(files);
        foreach (var difference in differences)
        {
            errors.WriteLine($"idlgen: {difference}");
        }

        if (differences.Count == 0)
        {
            output.WriteLine($"idlgen: {files.Count} files are up to date");
        }

        return differences.Count == 0 ? Done : Failed;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out Dictionary<string, string> options, out string wrong)
    {
        options = new Dictionary<string, string>(StringComparer.Ordinal);
        wrong = string.Empty;
        var wanted = arguments.Contains("--xml", StringComparer.Ordinal) ? ForXml : ForCSharp;
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--check" && wanted == ForCSharp)
            {
                options[name] = string.Empty;
            }
            else if (!wanted.Contains(name, StringComparer.Ordinal) && !(name == SomeIp && wanted == ForCSharp))
            {
                wrong = $"unknown argument '{name}'";
                return false;
            }
            else if (++i == arguments.Count)
            {
                wrong = $"option '{name}' needs a value";
                return false;
            }
            else
            {
                options[name] = arguments[i];
            }
        }

        if (options.TryGetValue(SomeIp, out var bits) && bits is not ("8" or "16" or "32"))
        {
            wrong = $"option '{SomeIp}' is 8, 16 or 32, not '{bits}'";
            return false;
        }

        if (wanted.FirstOrDefault(x => !arguments.Contains(x, StringComparer.Ordinal)) is { } missing)
        {
            wrong = $"option '{missing}' is missing";
            return false;
        }

        return true;
    }
}
