namespace EcuAgent.EcuCtl.Tests.Support;

/// <summary>How a process ended and what it printed since it was last read.</summary>
internal sealed record CtlResult(int Code, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
