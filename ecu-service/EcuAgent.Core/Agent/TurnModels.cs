namespace EcuAgent.Core.Agent;

/// <summary>Which model answered which utterance, so that every record of the utterance can say so. Safe for use from several threads.</summary>
/// <remarks>Keeps the last 256; a record of an older utterance, such as a request that was deferred for long, does not name the model.</remarks>
internal sealed class TurnModels
{
    internal const int Remembered = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _models = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string utteranceId, string model)
    {
        lock (_gate)
        {
            if (!_models.ContainsKey(utteranceId))
            {
                _order.Enqueue(utteranceId);
            }

            _models[utteranceId] = model;
            if (_order.Count > Remembered)
            {
                _models.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>The model, or null where none answered or it is not remembered.</summary>
    public string? Of(string? utteranceId)
    {
        lock (_gate)
        {
            return utteranceId is not null && _models.TryGetValue(utteranceId, out var model) ? model : null;
        }
    }
}
