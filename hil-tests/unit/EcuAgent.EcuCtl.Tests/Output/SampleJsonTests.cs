using EcuAgent.EcuCtl.Output;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.Idl;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Output;

public sealed class SampleJsonTests
{
    [Fact]
    public void Line_Gear_HasTheNamesOfTheIdl() => Assert.Equal(
        """{"event":"signal","topic":"Gear","received":"2026-01-02T03:04:05.0000000+00:00","source":"ecu.gear","source_time_ns":1767323045000000000,"sequence_number":0,"validity":"valid","position":"reverse"}""",
        SampleJson.Line(SampleJson.Of("signal", Samples.Gear(0, V1.GearPosition.Reverse))));

    [Fact]
    public void Of_NotFinite_IsNull()
    {
        var json = SampleJson.Of("signal", Samples.Speed(0, double.NaN));
        Assert.True(json.ContainsKey("speed_mps"));
        Assert.Null(json["speed_mps"]);
    }

    [Fact]
    public void Of_ArraysWithCount_HoldOnlyWhatIsFilled()
    {
        var sample = new V1.Utterance { Text = BoundedString512.From("暖一点"), AlternativeCount = 2 };
        sample.Alternatives[0] = BoundedString512.From("one");
        sample.Alternatives[1] = BoundedString512.From("two");
        var line = SampleJson.Line(SampleJson.Of("utterance", Samples.At(0, sample)));

        Assert.Contains("\"text\":\"暖一点\"", line, StringComparison.Ordinal);
        Assert.Contains("\"alternatives\":[\"one\",\"two\"]", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FixedArraysAndNestedStructs_AreWritten()
    {
        var climate = default(V1.ClimateState);
        climate.TargetTemperatureCelsius[1] = 21.5;
        climate.SeatHeatingLevel[3] = 2;
        var json = SampleJson.Of("signal", Samples.At(0, climate));
        Assert.Equal("[0,21.5,0,0]", json["target_temperature_celsius"]!.ToJsonString());
        Assert.Equal("[0,0,0,2]", json["seat_heating_level"]!.ToJsonString());

        var camera = new V1.CabinCameraEvent { SeatCount = 1 };
        camera.Seats[0] = new V1.SeatOccupancy { Zone = V1.CabinZone.RearLeft, Belted = true };
        Assert.Equal(
            """[{"zone":"rear_left","occupied":false,"belted":true,"child":false}]""",
            SampleJson.Of("signal", Samples.At(0, camera))["seats"]!.ToJsonString());
    }
}
