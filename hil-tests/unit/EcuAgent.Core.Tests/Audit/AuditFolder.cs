using EcuAgent.Core.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Core.Tests.Audit;

/// <summary>An audit in a folder of its own, removed at the end.</summary>
internal sealed class AuditFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ecuagent-audit-").FullName;

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal string File(int number = 1) => System.IO.Path.Combine(Path, DiskAuditStorage.FileName(number));

    internal AuditLog Open(long maxFileBytes = 1 << 20) =>
        AuditLog.Open(Options(maxFileBytes), Time, NullLogger<AuditLog>.Instance);

    internal AuditLog Open(IAuditStorage storage, long maxFileBytes = 1 << 20) =>
        new(storage, Options(maxFileBytes), Time, NullLogger<AuditLog>.Instance);

    internal AuditFolder Filled(int entries)
    {
        using AuditLog log = Open();
        for (int i = 0; i < entries; i++)
        {
            log.Append(Entry($"u-{i}"));
        }

        return this;
    }

    internal static AuditEntry Entry(string utteranceId) => new()
    {
        Kind = AuditKind.Decision,
        UtteranceId = utteranceId,
        Tool = "order_food",
        Reason = "deferred_while_moving",
    };

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private AuditOptions Options(long maxFileBytes) => new() { Directory = Path, MaxFileBytes = maxFileBytes, FlushToDisk = false };
}
