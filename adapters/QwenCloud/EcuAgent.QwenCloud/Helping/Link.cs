using System.Net.NetworkInformation;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>The last known state of the car's network, without asking the system at each request.</summary>
internal sealed class Link : IDisposable
{
    private readonly bool _isNeeded;
    private volatile bool _isUp;

    /// <param name="isNeeded">False for a loopback endpoint, which is always in reach.</param>
    public Link(bool isNeeded)
    {
        _isNeeded = isNeeded;
        if (isNeeded)
        {
            NetworkChange.NetworkAvailabilityChanged += OnChanged;
            _isUp = NetworkInterface.GetIsNetworkAvailable();
        }
    }

    public bool IsUp => !_isNeeded || _isUp;

    public void Dispose() => NetworkChange.NetworkAvailabilityChanged -= OnChanged;

    private void OnChanged(object? sender, NetworkAvailabilityEventArgs change) => _isUp = change.IsAvailable;
}
