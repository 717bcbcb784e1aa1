using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace EcuAgent.CycloneDds;

/// <summary>
/// Owns one Cyclone entity and the <see cref="GCHandle"/> that its listener gets as argument.
/// </summary>
/// <remarks>
/// <para>
/// Order: a handle holds a reference on every handle that it depends on (participant, topic), so the native delete of a
/// parent always comes after that of its children, whatever order the application disposes in.
/// </para>
/// <para>
/// Callback state: <c>dds_delete</c> returns only when no listener of that entity runs or will run. The GCHandle is freed
/// right after it, here and nowhere else.
/// </para>
/// <para>
/// In a callback: deleting there would wait for the running callback, which is itself. Such a release is handed to the
/// thread pool; it happens soon after the callback has returned.
/// </para>
/// </remarks>
[NativeMarshalling(typeof(EntityHandleMarshaller))]
internal sealed class EntityHandle : SafeHandle
{
    private readonly EntityHandle? _parent;
    private readonly EntityHandle? _dependency;
    private readonly Action? _released;
    private GCHandle _state;

    internal EntityHandle(int entity, EntityHandle? parent = null, EntityHandle? dependency = null, GCHandle state = default, Action? released = null)
        : base(0, ownsHandle: true)
    {
        SetHandle(entity);
        _state = state;
        _released = released;
        _parent = AddReference(parent);
        _dependency = AddReference(dependency);
    }

    public override bool IsInvalid => handle <= 0;

    internal int Entity => (int)handle;

    protected override bool ReleaseHandle()
    {
        if (CallbackScope.IsInside)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Delete(), this, preferLocal: false);
            return true;
        }

        return Delete();
    }

    private static EntityHandle? AddReference(EntityHandle? other)
    {
        var added = false;
        other?.DangerousAddRef(ref added);
        return other;
    }

    private bool Delete()
    {
        var result = Interop.dds_delete((int)handle);
        if (_state.IsAllocated)
        {
            _state.Free();
        }

        _released?.Invoke();
        _dependency?.DangerousRelease();
        _parent?.DangerousRelease();
        return result >= 0;
    }
}
