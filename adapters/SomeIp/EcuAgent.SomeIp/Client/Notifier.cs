namespace EcuAgent.SomeIp.Client;

/// <summary>Calls the application's state handlers one after the other on the thread pool, never under a lock.</summary>
internal sealed class Notifier(SomeIpRuntime runtime)
{
    private readonly Queue<INotified> _queue = [];
    private bool _draining;

    internal void Post(INotified notified)
    {
        lock (_queue)
        {
            if (notified.Pending != 0)
            {
                return;
            }

            notified.Pending = 1;
            _queue.Enqueue(notified);
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static notifier => notifier.Drain(), this, preferLocal: false);
    }

    private void Drain()
    {
        while (true)
        {
            INotified? next;
            lock (_queue)
            {
                if (!_queue.TryDequeue(out next))
                {
                    _draining = false;
                    return;
                }

                next.Pending = 0;
            }

            try
            {
                next.Deliver();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The application's fault must not end the notifications of others.
                runtime.Counters.Add(Wire.SomeIpFault.HandlerFailed);
                Log.HandlerFailed(runtime.Logger, e, 0, 0);
            }
        }
    }
}
