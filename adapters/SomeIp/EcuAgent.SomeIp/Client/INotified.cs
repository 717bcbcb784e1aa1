namespace EcuAgent.SomeIp.Client;

/// <summary>Something that tells the application of its state. Waits in the queue once at most, which bounds the queue.</summary>
internal interface INotified
{
    /// <summary>1 while in the queue.</summary>
    int Pending { get; set; }

    void Deliver();
}
