using CsCheck;

namespace EcuAgent.Signals.Tests.Property;

/// <summary>A random drive: stretches of steady driving, with faults strewn in. All times lie on a 50 ms grid.</summary>
internal static class Story
{
    internal const int GridMs = 50;

    private const int SpeedPeriodMs = 200;
    private const int SlowPeriodMs = 1000;
    private static readonly double[] Speeds = [0, 0, 0, 0.072, -0.3, 0.6, -5, 2, 40];
    private static readonly GearPosition[] Gears =
        [GearPosition.Park, GearPosition.Park, GearPosition.Park, GearPosition.Drive, GearPosition.Reverse, GearPosition.Neutral, GearPosition.Unknown];

    private static readonly Gen<Stretch> Stretches = Gen.Select(
        Gen.Int[1, 100], Gen.Int[0, Speeds.Length - 1], Gen.Int[0, Gears.Length - 1], Gen.Int[0, 3], Gen.Int[0, 7],
        (length, speed, gear, brake, extra) => new Stretch(length * GridMs, Speeds[speed], Gears[gear], brake != 0, extra));

    private static readonly Gen<(int Index, Fault Fault)> Faults =
        Gen.Select(Gen.Int[0, 150], Gen.Int[1, (int)Fault.Unprotected], (index, fault) => (index, (Fault)fault));

    internal static readonly Gen<Delivery[]> Deliveries =
        Gen.Select(Stretches.Array[1, 7], Faults.Array[0, 5], (stretches, faults) => Tell(stretches, faults));

    private static Delivery[] Tell(Stretch[] stretches, (int Index, Fault Fault)[] faults)
    {
        var told = new List<Delivery>();
        var last = new Dictionary<(Input, ushort), Delivery>();
        var start = GridMs;
        foreach (var stretch in stretches)
        {
            for (var t = 0; t < stretch.LengthMs; t += GridMs)
            {
                var at = start + t;

                // 0: the gear falls silent; 1: all fall silent; 2, 3: a second sender of speed or gear joins.
                if (t % SpeedPeriodMs == 0 && stretch.Extra != 1)
                {
                    Add(at, Input.Speed, 1, stretch.Kph);
                    if (stretch.Extra == 2)
                    {
                        Add(at, Input.Speed, 9, stretch.Kph / 2);
                    }
                }

                if (t % SlowPeriodMs == 0 && stretch.Extra is not (0 or 1))
                {
                    Add(at, Input.Gear, 2, (double)stretch.Gear);
                    Add(at, Input.Brake, 3, stretch.Brake ? 1 : 0);
                    if (stretch.Extra == 3)
                    {
                        Add(at, Input.Gear, 8, (double)GearPosition.Park);
                    }
                }
            }

            start += stretch.LengthMs;
        }

        return [.. told];

        void Add(int at, Input input, ushort source, double value)
        {
            var fault = faults.FirstOrDefault(f => f.Index == told.Count).Fault;
            var before = last.GetValueOrDefault((input, source));
            if (fault == Fault.Repeat && before is not null)
            {
                told.Add(before with { AtMs = at, Fault = Fault.Repeat, Value = value });
                return;
            }

            var sourceTime = at - fault switch { Fault.Late => 150, Fault.TooOld => 10_000, Fault.Future => -400, _ => 0 };
            var delivery = new Delivery(at, sourceTime, input, source, (before?.Sequence ?? 0) + 1, fault, value);
            told.Add(delivery);
            last[(input, source)] = delivery;
        }
    }

    private sealed record Stretch(int LengthMs, double Kph, GearPosition Gear, bool Brake, int Extra);
}
