using EcuAgent.QwenCloud;

namespace EcuAgent.Service;

/// <summary>Ends the helper together with the host's other services.</summary>
internal sealed class CloudHelperOwner : IDisposable
{
    public CloudHelper? Helper { get; set; }

    public void Dispose() => Helper?.Dispose();
}
