using EcuAgent.TwoHosts.Tests.Rig;
using Xunit.Runner.InProc.SystemConsole;

if (args is [Observer.Verb, ..])
{
    return await Observer.RunAsync(args[1..]);
}

TestNamespace.Enter(args);
return await ConsoleRunner.Run(args);
