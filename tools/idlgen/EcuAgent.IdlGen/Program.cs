using EcuAgent.IdlGen;

return CommandLine.Run(args, Console.Out, Console.Error);
