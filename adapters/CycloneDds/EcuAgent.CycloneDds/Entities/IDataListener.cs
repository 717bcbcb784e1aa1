namespace EcuAgent.CycloneDds;

/// <summary>What readers, also those of built-in topics, are told about data.</summary>
internal interface IDataListener
{
    void OnDataAvailable();
}
