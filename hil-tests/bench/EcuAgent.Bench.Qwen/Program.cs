using EcuAgent.Bench.Qwen;
using EcuAgent.Qwen;
using Microsoft.ML.OnnxRuntime;

// Everything is measured in this process, models loaded and warm, and what is compared takes turns, so that other load on the machine
// meets all sides alike.
var root = CallCommand.Create();
root.Add(SpeedCommand.Create());
root.Add(ScriptedCommand.Create());
root.Add(TokensCommand.Create());
try
{
    return await root.Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is QwenModelException or QwenRequestException or OnnxRuntimeException or IOException or InvalidDataException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 2;
}
