using System.Buffers;
using System.Text;
using System.Text.Json;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Writes the little that the model needs of the car as one JSON object. Position, camera and names stay out: planning does not need them,
/// and what the model is not told it cannot repeat. Only fresh, valid values are written.
/// </summary>
public static class VehicleContextWriter
{
    /// <summary>The context of a snapshot, for example <c>{"drivingState":"moving","climate":{"on":true,"targetCelsius":22,"fan":3},"route":{"active":false}}</c>.</summary>
    public static string Write(VehicleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("drivingState", snapshot.Driving.State switch
            {
                DrivingState.Parked => "parked",
                DrivingState.Idling => "idling",
                DrivingState.Moving => "moving",
                _ => "unknown",
            });
            if (snapshot.Climate.TryGet(out var climate))
            {
                json.WriteStartObject("climate");
                json.WriteBoolean("on", climate.ClimateOn);
                WriteFinite(json, "targetCelsius", climate.TargetTemperatureCelsius.Driver);
                WriteFinite(json, "insideCelsius", climate.CabinTemperatureCelsius);
                WriteFinite(json, "outsideCelsius", climate.AmbientTemperatureCelsius);
                json.WriteNumber("fan", climate.FanLevel);
                json.WriteEndObject();
            }

            if (snapshot.Navigation.TryGet(out var navigation))
            {
                json.WriteStartObject("route");
                json.WriteBoolean("active", navigation.RouteActive);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 1));
        }
    }
}
