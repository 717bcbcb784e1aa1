namespace EcuAgent.CycloneDds;

/// <summary>What readers and writers are both told.</summary>
internal interface IStatusListener
{
    void OnMatched(DdsMatched status);

    void OnDeadlineMissed(DdsDeadlineMissed status);

    void OnIncompatibleQos(DdsIncompatibleQos status);
}
