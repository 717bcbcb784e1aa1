namespace EcuAgent.Bench.Service;

/// <summary>DDS domains 120 .. 199 are for this bench; a number of its own for each part keeps late packets of another out.</summary>
internal static class BenchDomain
{
    private static int s_next = Environment.ProcessId % 80;

    internal static uint Next() => (uint)(120 + (s_next++ % 80));
}
