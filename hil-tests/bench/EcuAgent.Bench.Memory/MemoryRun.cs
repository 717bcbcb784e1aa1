using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EcuAgent.Bench.Service;
using EcuAgent.CycloneDds.VehicleBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Bench.Memory;

/// <summary>
/// The real service in a process of its own, on DDS and SOME/IP at once, with one ECU on each bus that says its speed 1000 times a second,
/// each in a process of its own, all on loopback. Runs until disposed.
/// </summary>
/// <remarks>
/// The service is the one that was built; the runtime's startup hook puts a probe beside it that tells what is in use. A reading collects
/// the service's whole managed heap, which may cost it a few samples: they show in the next reading's <see cref="MemoryReading.Lost"/>.
/// </remarks>
public sealed class MemoryRun : IDisposable
{
    /// <summary>Speeds a second on each bus.</summary>
    public const int RatePerBus = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecuagent-memory-").FullName;
    private readonly List<string> _lines = [];
    private readonly ManualResetEvent _never = new(false);
    private readonly VehicleParticipant _seat;
    private readonly Process _service;
    private readonly SpeedProcess _dds;
    private readonly SpeedProcess _someIp;
    private long _received;
    private long _lost;
    private readonly long _begin;

    /// <summary>Starts all of it and waits until the service has received samples.</summary>
    /// <param name="model">Model package of the service; null: the bundled one.</param>
    /// <exception cref="InvalidOperationException">A program is missing or does not start.</exception>
    public MemoryRun(string? model)
    {
        var domain = BenchDomain.Next();
        var number = (uint)Environment.ProcessId;
        var (network, port) = ($"127.{20 + (number % 200)}.2", (20000 + (number % 10000)).ToString(CultureInfo.InvariantCulture));
        var map = Path.Combine(_folder, "someip.json");

        // The contract's services and protections; only the highest rates are lifted.
        File.WriteAllText(map, Regex.Replace(File.ReadAllText(Repository.Find("idl/someip.json")), "\"maxRateHz\": [0-9]+", $"\"maxRateHz\": {RatePerBus}"));
        var ecu = Program("hil-tests/scenarios/EcuAgent.Conformance.Peer", "EcuAgent.Conformance.Peer.dll");
        var rate = RatePerBus.ToString(CultureInfo.InvariantCulture);
        _seat = Bus.Join(domain);
        _seat.Listen<V1.AgentHealth>(health =>
        {
            Interlocked.Exchange(ref _received, (long)health.SamplesReceived);
            Interlocked.Exchange(ref _lost, (long)health.SamplesLost);
        });
        _service = StartService(domain, network + ".1", port, map, model);
        _dds = new SpeedProcess(ecu, "dds", domain.ToString(CultureInfo.InvariantCulture), "--rate", rate);
        _someIp = new SpeedProcess(ecu, "someip", network + ".2", port, map, "--rate", rate);
        WaitForSamples(1);
        _begin = Stopwatch.GetTimestamp();
    }

    /// <summary>Since the traffic began to arrive.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begin);

    /// <summary>Samples sent so far, on DDS and on SOME/IP.</summary>
    public (long Dds, long SomeIp) Sent() => (_dds.Sent(), _someIp.Sent());

    /// <summary>Waits until the service says that it has received so many samples.</summary>
    /// <exception cref="InvalidOperationException">No more come; the message holds what the service printed.</exception>
    public void WaitForSamples(long count)
    {
        var (last, since) = (-1L, Stopwatch.GetTimestamp());
        while (Interlocked.Read(ref _received) is var now && now < count)
        {
            if (now != last)
            {
                (last, since) = (now, Stopwatch.GetTimestamp());
            }

            if (_service.HasExited || Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"no sample came for {Patience} or the service ended, at {now} of {count}; it printed:\n{Output()}");
            }

            _never.WaitOne(LookEvery);
        }
    }

    /// <summary>Waits until the traffic has run so long.</summary>
    /// <exception cref="InvalidOperationException">The service has ended.</exception>
    public void WaitUntil(TimeSpan elapsed)
    {
        while (Elapsed < elapsed)
        {
            if (_service.HasExited)
            {
                throw new InvalidOperationException($"the service ended; it printed:\n{Output()}");
            }

            _never.WaitOne(LookEvery);
        }
    }

    /// <summary>What the service has in use now.</summary>
    public MemoryReading Read()
    {
        var (received, lost, minutes) = (Interlocked.Read(ref _received), Interlocked.Read(ref _lost), Elapsed.TotalMinutes);
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Connect(new UnixDomainSocketEndPoint(ProbeSocket));
        using var reader = new StreamReader(new NetworkStream(probe));
        var bytes = reader.ReadToEnd().Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new MemoryReading(Math.Round(minutes, 2), ResidentMiB(), bytes[0], bytes[1], bytes[2], received, lost);
    }

    /// <summary>VmRSS of the service in MiB, without asking it.</summary>
    public double ResidentMiB() => Machine.MemoryMiB(_service.Id, "VmRSS");

    /// <inheritdoc/>
    public void Dispose()
    {
        _dds.Dispose();
        _someIp.Dispose();
        _service.Kill();
        _service.WaitForExit();
        _service.Dispose();
        _seat.Dispose();
        _never.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string ProbeSocket => Path.Combine(_folder, "probe");

    private static string Program(string project, string assembly) =>
        Repository.Find($"{project}/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/{assembly}");

    private Process StartService(uint domain, string address, string port, string map, string? model)
    {
        var start = new ProcessStartInfo("dotnet", [
            Program("ecu-service/EcuAgent.Service", "EcuAgent.Service.dll"),
            "--bus", "both", "--domain", domain.ToString(CultureInfo.InvariantCulture), "--audit", Path.Combine(_folder, "audit"),
            "--EcuAgent:Bus:SomeIp:LocalAddress", address, "--EcuAgent:Bus:SomeIp:SdPort", port, "--EcuAgent:Bus:SomeIp:MapFile", map,
            .. model is null ? [] : new[] { "--model", model },
        ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = Program("hil-tests/bench/EcuAgent.Bench.MemoryProbe", "EcuAgent.Bench.MemoryProbe.dll");
        start.Environment["ECUAGENT_MEMORY_PROBE"] = ProbeSocket;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) =>
        {
            lock (_lines)
            {
                _lines.Add(e.Data ?? "");
            }
        };
        process.BeginOutputReadLine();
        return process;
    }

    private string Output()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }
}
