using EcuAgent.Signals;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Where the samples of one topic go. Called on the threads of the sockets, perhaps on several at once: be quick, and copy what is to last.</summary>
/// <typeparam name="T">The topic's struct.</typeparam>
public interface ISampleSink<T>
    where T : unmanaged
{
    /// <summary>A sample whose bytes are those that were sent.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="e2e">Not used where the map asks for none; failed where it is intact, but out of order or not to be trusted yet.</param>
    void OnSample(in T sample, E2eStatus e2e);

    /// <summary>A sample came whose end-to-end check says that its bytes are not those that were sent; not even its source is known.</summary>
    void OnDamaged()
    {
    }

    /// <summary>The service that this topic comes from is gone: stopped, expired or killed.</summary>
    void OnServiceGone()
    {
    }
}
