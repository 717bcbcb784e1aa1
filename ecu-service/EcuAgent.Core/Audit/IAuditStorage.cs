namespace EcuAgent.Core.Audit;

/// <summary>The folder of the audit, as the log and the verifier need it. Every member may throw IOException or UnauthorizedAccessException.</summary>
internal interface IAuditStorage : IDisposable
{
    /// <summary>Makes the folder and takes it for this process.</summary>
    public void Acquire();

    /// <summary>Names of the audit files that hold anything, oldest first.</summary>
    public IReadOnlyList<string> List();

    /// <summary>Opens a file for reading from its start.</summary>
    public Stream OpenRead(string name);

    /// <summary>Opens a file for appending; makes it if it is not there.</summary>
    public IAuditFile OpenAppend(string name);

    /// <summary>The head note; null when there is none.</summary>
    public string? ReadHead();

    /// <summary>Replaces the head note.</summary>
    public void WriteHead(string text);

    /// <summary>The key of the digests, made on first use; 32 bytes.</summary>
    public byte[] ReadOrCreateKey();
}

/// <summary>An audit file open for appending.</summary>
internal interface IAuditFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>Appends bytes and forces them to the medium if so configured.</summary>
    public void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts off what a failed append left behind.</summary>
    public void Truncate(long length);
}
