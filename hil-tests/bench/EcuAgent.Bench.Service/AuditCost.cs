using System.Diagnostics;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Bench.Service;

/// <summary>What one record costs on this disk, with the service's own settings (each forced to the medium).</summary>
internal static class AuditCost
{
    private const int Records = 100;

    internal static Distribution Run()
    {
        var folder = Directory.CreateTempSubdirectory("ecuagent-bench-audit-").FullName;
        try
        {
            var times = new Distribution();
            using var audit = AuditLog.Open(new AuditOptions { Directory = folder }, TimeProvider.System, NullLogger<AuditLog>.Instance);
            for (var i = 0; i < Records; i++)
            {
                var begin = Stopwatch.GetTimestamp();
                audit.Append(new AuditEntry
                {
                    Kind = AuditKind.CommandIssued,
                    DecisionId = Guid.NewGuid().ToString(),
                    CommandId = Guid.NewGuid().ToString(),
                    UtteranceId = Guid.NewGuid().ToString(),
                    Tool = "set_temperature",
                    Decision = GateDecisionKind.Allow,
                    State = DrivingState.Parked,
                });
                times.AddSince(begin);
            }

            return times;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
