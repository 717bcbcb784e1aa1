namespace EcuAgent.Core.Audit;

/// <summary>The folder of the audit, as the log and the verifier need it. Every member may throw IOException or UnauthorizedAccessException.</summary>
internal interface IAuditStorage : IDisposable
{
    /// <summary>Makes the folder and takes it for this process.</summary>
    void Acquire();

    /// <summary>Names of the audit files that hold anything, oldest first.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file for reading from its start.</summary>
    Stream OpenRead(string name);

    /// <summary>Opens a file for appending; makes it if it is not there.</summary>
    IAuditFile OpenAppend(string name);

    /// <summary>The head note; null when there is none.</summary>
    string? ReadHead();

    /// <summary>Replaces the head note.</summary>
    void WriteHead(string text);

    /// <summary>The key of the digests, made on first use; 32 bytes.</summary>
    byte[] ReadOrCreateKey();
}

/// <summary>An audit file open for appending.</summary>
internal interface IAuditFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Appends bytes and forces them to the medium if so configured.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts off what a failed append left behind.</summary>
    void Truncate(long length);
}
