using System.CommandLine;
using EcuAgent.QwenExport;

var root = ExportCommand.Create();
root.Subcommands.Add(RandomCommand.Create());
return root.Parse(args).Invoke();
