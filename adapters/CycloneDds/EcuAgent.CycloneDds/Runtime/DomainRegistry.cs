using System.Text;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds;

/// <summary>The domains of this process. Cyclone has one configuration per domain, made by the first participant, removed after the last.</summary>
internal static unsafe class DomainRegistry
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<uint, Entry> s_domains = [];

    /// <exception cref="DdsException">Cyclone refused the configuration, for example an unknown interface.</exception>
    /// <exception cref="InvalidOperationException">The process uses the domain already with another configuration.</exception>
    internal static void Acquire(DdsParticipantOptions options, ILogger logger)
    {
        var domainId = options.DomainId;
        var xml = options.ToXml();
        lock (s_lock)
        {
            if (s_domains.TryGetValue(domainId, out var entry))
            {
                if (entry.Xml != xml)
                {
                    throw new InvalidOperationException($"Domain {domainId} is in use in this process with other options: {entry.Xml}");
                }

                entry.Count++;
                return;
            }

            fixed (byte* config = Encoding.UTF8.GetBytes(xml + "\0"))
            {
                NativeLog.ClearLastLine();
                var domain = Interop.dds_create_domain(domainId, config);
                if (domain < 0)
                {
                    DdsException.Throw(
                        domain, nameof(Interop.dds_create_domain), $"domain {domainId}, interface {options.NetworkInterface}{NativeLog.LastLineInBrackets()}");
                }

                s_domains.Add(domainId, new Entry(domain, xml));
                LoopbackReception.Restrict(options, logger);
            }
        }
    }

    internal static void Release(uint domainId)
    {
        lock (s_lock)
        {
            if (s_domains.TryGetValue(domainId, out var entry) && --entry.Count == 0)
            {
                s_domains.Remove(domainId);
                _ = Interop.dds_delete(entry.Domain);
            }
        }
    }

    private sealed class Entry(int domain, string xml)
    {
        internal int Domain { get; } = domain;

        internal string Xml { get; } = xml;

        internal int Count { get; set; } = 1;
    }
}
