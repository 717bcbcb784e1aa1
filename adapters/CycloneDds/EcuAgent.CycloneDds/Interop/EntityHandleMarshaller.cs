using System.Runtime.InteropServices.Marshalling;

namespace EcuAgent.CycloneDds;

/// <summary>Passes an <see cref="EntityHandle"/> as <c>dds_entity_t</c> (int32) and keeps it alive during the call.</summary>
[CustomMarshaller(typeof(EntityHandle), MarshalMode.ManagedToUnmanagedIn, typeof(ManagedToUnmanagedIn))]
internal static class EntityHandleMarshaller
{
    internal ref struct ManagedToUnmanagedIn
    {
        private EntityHandle _handle;
        private bool _added;

        public void FromManaged(EntityHandle managed)
        {
            _handle = managed;
            managed.DangerousAddRef(ref _added);
        }

        public readonly int ToUnmanaged() => _handle.Entity;

        public readonly void Free()
        {
            if (_added)
            {
                _handle.DangerousRelease();
            }
        }
    }
}
