using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds;

/// <summary>
/// A DDS entity. Can be disposed in any order, more than once, from any thread and inside a handler; a participant disposes
/// what was made from it. Use after that throws <see cref="ObjectDisposedException"/>.
/// </summary>
/// <remarks>
/// Dispose waits for a running handler of this entity, unless it is called inside a handler: then the native part goes soon
/// after that handler returns. An entity that is never disposed lives until its participant is disposed or the process ends.
/// </remarks>
public abstract class DdsEntity : IDisposable
{
    private readonly Lock _lock = new();
    private EntityHandle? _handle;
    private bool _disposed;
    private long _callbackFaults;

    private protected DdsEntity(string name, ILogger logger)
    {
        Name = name;
        Logger = logger;
    }

    /// <summary>A name for logs and errors, for example <c>reader of Gear</c>.</summary>
    public string Name { get; }

    /// <summary>Exceptions that handlers threw.</summary>
    public long CallbackFaults => Interlocked.Read(ref _callbackFaults);

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed);

    internal EntityHandle Handle => _handle ?? throw new ObjectDisposedException(Name);

    internal ILogger Logger { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        DisposeCore();
        _handle?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once, before the native entity goes.</summary>
    private protected virtual void DisposeCore()
    {
    }

    /// <summary>Takes ownership of a fresh native entity. Callbacks may already have run.</summary>
    private protected void Bind(EntityHandle handle) => _handle = handle;

    internal void OnCallbackFault(Exception exception, string callback)
    {
        Interlocked.Increment(ref _callbackFaults);
        try
        {
            Log.CallbackFault(Logger, exception, Name, callback);
        }
        catch (Exception)
        {
            // A logger that throws must not unwind into C. The fault is counted.
        }
    }

    /// <summary>Calls a handler; an exception ends here.</summary>
    private protected void Invoke<TArguments>(Action<TArguments>? handler, TArguments arguments, string callback)
    {
        if (handler is null || IsDisposed)
        {
            return;
        }

        try
        {
            handler(arguments);
        }
        catch (Exception exception)
        {
            OnCallbackFault(exception, callback);
        }
    }

    /// <summary>Runs <paramref name="create"/> with a listener argument that stands for this object, and binds the result.</summary>
    private protected unsafe void CreateNative(
        EntityHandle parent,
        EntityHandle? dependency,
        DdsQos? qos,
        delegate*<nint, nint> makeListener,
        Func<nint, nint, int> create,
        string operation)
    {
        var state = GCHandle.Alloc(this);
        var nativeQos = NativeQos.Create(qos);
        var listener = makeListener(GCHandle.ToIntPtr(state));
        try
        {
            var entity = create(nativeQos.Pointer, listener);
            if (entity < 0)
            {
                // Nothing was made, so nobody can call back.
                state.Free();
                DdsException.Throw(entity, operation, Name);
            }

            Bind(new EntityHandle(entity, parent, dependency, state));
        }
        finally
        {
            if (listener != 0)
            {
                Interop.dds_delete_listener(listener);
            }

            nativeQos.Dispose();
        }
    }
}
