namespace EcuAgent.CycloneDds;

/// <summary>What readers and writers are both told.</summary>
internal interface IStatusListener
{
    public void OnMatched(DdsMatched status);

    public void OnDeadlineMissed(DdsDeadlineMissed status);

    public void OnIncompatibleQos(DdsIncompatibleQos status);
}
