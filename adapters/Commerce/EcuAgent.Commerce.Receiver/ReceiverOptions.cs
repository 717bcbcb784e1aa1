using System.Net;

namespace EcuAgent.Commerce.Receiver;

/// <summary>Settings of the receiver of order events.</summary>
public sealed record ReceiverOptions
{
    /// <summary>
    /// Address and port as <c>http://127.0.0.1:8642</c>; a number, no name. Port 0: chosen by the system and told in the log. Default none: nothing is
    /// listened on, and orders are polled.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>
    /// The address of <see cref="Listen"/> once more, where it is not loopback: only then is it listened on, and by https only. Default none.
    /// </summary>
    public string? AllowAddress { get; init; }

    /// <summary>Certificate for https with its intermediate ones, PEM. Default none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its private key, PEM, a file of mode 600. Default none.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Most connections at a time, 1 to 256. Default 16; one more is closed.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>Longest time for a request's headers, and for its body, 1 s to 1 min. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many orders may wait to be looked after, 1 to 1024. Default 64; for one more the answer is 503.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Check(nameof(MaxConnections), MaxConnections, 1, 256);
        Check(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Check(nameof(MaxWaiting), MaxWaiting, 1, 1024);
        if (Listen is null)
        {
            Unused(nameof(AllowAddress), AllowAddress);
            Unused(nameof(CertificateFile), CertificateFile);
            Unused(nameof(CertificateKeyFile), CertificateKeyFile);
        }
        else if (Read() is not var (address, isHttps))
        {
            faults.Add($"{nameof(Listen)} = '{Listen}'; allowed: http://ADDRESS:PORT or https://ADDRESS:PORT with a numeric address of one interface, and nothing after it");
        }
        else
        {
            CheckAddress(address.Address, isHttps);
            CheckCertificate(isHttps);
        }

        return faults;

        void Check<T>(string name, T value, T lowest, T highest)
            where T : IComparable<T>
        {
            if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
            {
                faults.Add(FormattableString.Invariant($"{name} = {value}; allowed: {lowest} to {highest}"));
            }
        }

        void Unused(string name, string? value)
        {
            if (value is not null)
            {
                faults.Add($"{name} = '{value}'; allowed: only together with {nameof(Listen)}");
            }
        }

        void CheckAddress(IPAddress address, bool isHttps)
        {
            if (AllowAddress is not null && (!IPAddress.TryParse(AllowAddress, out var allowed) || !allowed.Equals(address)))
            {
                faults.Add($"{nameof(AllowAddress)} = '{AllowAddress}'; allowed: the address of {nameof(Listen)}, {address}");
            }
            else if (AllowAddress is null && !IPAddress.IsLoopback(address))
            {
                faults.Add($"{nameof(Listen)} = '{Listen}'; allowed: loopback, or an address that {nameof(AllowAddress)} names as well");
            }

            if (!isHttps && !IPAddress.IsLoopback(address))
            {
                faults.Add($"{nameof(Listen)} = '{Listen}'; allowed: https where the address is not loopback");
            }
        }

        void CheckCertificate(bool isHttps)
        {
            foreach (var (name, file) in new[] { (nameof(CertificateFile), CertificateFile), (nameof(CertificateKeyFile), CertificateKeyFile) })
            {
                if (isHttps == string.IsNullOrWhiteSpace(file))
                {
                    faults.Add($"{name} = '{file}'; {(isHttps ? "allowed: a file, which https needs" : $"allowed: only where {nameof(Listen)} is https")}");
                }
            }
        }
    }

    /// <summary>What <see cref="Listen"/> says; null where it cannot be.</summary>
    internal (IPEndPoint Address, bool IsHttps)? Read() =>
        Uri.TryCreate(Listen, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.PathAndQuery == "/" && url.Fragment.Length == 0
        && IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address)
        && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? (new IPEndPoint(address, url.Port), url.Scheme == Uri.UriSchemeHttps)
            : null;
}
