using System.Runtime.InteropServices;

namespace EcuAgent.CycloneDds;

/// <summary>What DDS knows about a sample. Same memory as <c>dds_sample_info_t</c> (64 bytes).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DdsSampleInfo
{
    private readonly int _sampleState;
    private readonly int _viewState;
    private readonly int _instanceState;
    private readonly byte _validData;
    private readonly long _sourceTimestamp;
    private readonly ulong _instanceHandle;
    private readonly ulong _publicationHandle;
    private readonly uint _disposedGenerationCount;
    private readonly uint _noWritersGenerationCount;
    private readonly uint _sampleRank;
    private readonly uint _generationRank;
    private readonly uint _absoluteGenerationRank;

    /// <summary>
    /// False for a pure state change (dispose, writer gone): then only the key fields of the sample are set, its other
    /// fields are whatever the caller's buffer held.
    /// </summary>
    public bool ValidData => _validData != 0;

    /// <summary>State of the instance when the sample was taken.</summary>
    public DdsInstanceState InstanceState => (DdsInstanceState)_instanceState;

    /// <summary>Whether this is the first sample of the instance that the reader returns since the instance came alive.</summary>
    public bool IsNewInstance => _viewState == 4;

    /// <summary>Whether the sample was returned by a read before.</summary>
    public bool WasRead => _sampleState == 1;

    /// <summary>DDS source time stamp: UTC in ns since 1970, set by the writer.</summary>
    public long SourceTimestampNanoseconds => _sourceTimestamp;

    /// <summary>Identifies the instance (key) within this process.</summary>
    public ulong InstanceHandle => _instanceHandle;

    /// <summary>Identifies the writer within this process.</summary>
    public ulong PublicationHandle => _publicationHandle;

    /// <summary>How often the instance came back after a dispose.</summary>
    public uint DisposedGenerationCount => _disposedGenerationCount;

    /// <summary>How often the instance came back after its writers were gone.</summary>
    public uint NoWritersGenerationCount => _noWritersGenerationCount;

    /// <summary>How many samples of the same instance follow in the same take or read.</summary>
    public uint SampleRank => _sampleRank;

    /// <summary>Generations between this sample and the newest of the instance in the same take or read.</summary>
    public uint GenerationRank => _generationRank;

    /// <summary>Generations between this sample and the newest of the instance in the reader.</summary>
    public uint AbsoluteGenerationRank => _absoluteGenerationRank;
}
