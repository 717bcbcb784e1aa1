using System.Diagnostics;
using EcuAgent.Bench.Service;

namespace EcuAgent.Bench.Journal;

/// <summary>The peer: a file that is appended to and forced to the disk each time.</summary>
internal sealed class PlainFile(string path) : IDisposable
{
    private readonly FileStream _file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });

    public void Dispose() => _file.Dispose();

    internal void Append(ReadOnlySpan<byte> bytes, Distribution times)
    {
        var begin = Stopwatch.GetTimestamp();
        _file.Write(bytes);
        _file.Flush(flushToDisk: true);
        times.AddSince(begin);
    }
}
