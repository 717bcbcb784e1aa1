namespace EcuAgent.DemoRun;

/// <summary>What the demo promises, and what of it was not kept. Thread-safe.</summary>
internal sealed class Promises(Timeline timeline)
{
    private readonly Lock _gate = new();
    private readonly List<string> _broken = [];
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public IReadOnlyList<string> Broken
    {
        get
        {
            lock (_gate)
            {
                return [.. _broken];
            }
        }
    }

    /// <summary>Notes a promise; prints it only when it was not kept.</summary>
    public void Note(bool kept, string promise)
    {
        lock (_gate)
        {
            _count++;
            if (!kept)
            {
                _broken.Add(promise);
            }
        }

        if (!kept)
        {
            timeline.Print(EventKind.Broken, promise);
        }
    }
}
