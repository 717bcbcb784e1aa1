using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.Qwen.Decoding;

/// <summary>A loaded graph: one copy of the weights for any number of sequences. Runs of different sequences may overlap.</summary>
internal sealed class QwenGraph : IDisposable
{
    private readonly NativeBlock _ones;
    private bool _isDisposed;

    private QwenGraph(ModelPackage package, InferenceSession session, ExecutionChoice execution)
    {
        Package = package;
        Session = session;
        Execution = execution;
        Signature = new GraphSignature(session, package);
        _ones = NewOnes(package.Manifest.MaxContext);
    }

    public ModelPackage Package { get; }

    public InferenceSession Session { get; }

    public GraphSignature Signature { get; }

    public ExecutionChoice Execution { get; }

    public int VocabularySize => Package.Manifest.Config.VocabularySize;

    /// <summary>Whether past and present are the same memory.</summary>
    public bool SharesCache { get; private set; }

    /// <summary>How many positions get logits.</summary>
    public LogitsRows Rows { get; private set; }

    /// <summary>As many ones as the longest attention mask needs, in the mask's own type.</summary>
    public unsafe byte* Ones => _ones.Pointer;

    /// <summary>Loads a graph and proves by runs of a few tokens that it works here.</summary>
    /// <exception cref="QwenModelException">It does not load, has other tensors than expected, or fails its first run.</exception>
    public static QwenGraph Load(ModelPackage package, GraphSettings settings)
    {
        var choices = ExecutionChoice.For(settings, package.GraphPath);
        for (var i = 0; ; i++)
        {
            try
            {
                return Load(package, settings, choices[i]);
            }
            catch (Exception e) when (e is QwenModelException or OnnxRuntimeException && i + 1 < choices.Count)
            {
                choices = [.. choices.Take(i + 1), choices[i + 1] with { Reason = $"{choices[i].Provider} was tried first: {e.Message}" }];
            }
        }
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Session.Dispose();
            Signature.Dispose();
            _ones.Dispose();
        }
    }

    private static QwenGraph Load(ModelPackage package, GraphSettings settings, ExecutionChoice choice)
    {
        using var options = NewSessionOptions(settings);
        InferenceSession session;
        try
        {
            choice.AppendTo(options, settings.DeviceId);
        }
        catch (OnnxRuntimeException e)
        {
            throw new QwenModelException(QwenModelError.ProviderUnavailable, package.GraphPath, $"execution provider {choice.Provider}: {e.Message}", e);
        }

        try
        {
            session = new InferenceSession(package.GraphPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new QwenModelException(QwenModelError.Damaged, package.GraphPath, $"ONNX Runtime cannot load the graph: {e.Message}", e);
        }

        QwenGraph graph;
        try
        {
            graph = new QwenGraph(package, session, choice);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        try
        {
            (graph.Rows, graph.SharesCache) = GraphProbe.Run(graph);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static SessionOptions NewSessionOptions(GraphSettings settings)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = settings.ThreadCount,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads may spin inside a run, where the next operator is microseconds away, but not between requests.
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", settings.MaySpin ? "1" : "0");
        if (settings.ThreadAffinity is { Length: > 0 } affinity)
        {
            options.AddSessionConfigEntry("session.intra_op_thread_affinities", affinity);
        }

        return options;
    }

    private NativeBlock NewOnes(int count)
    {
        var size = Signature.AttentionMask?.ElementSize ?? 1;
        var ones = new NativeBlock((long)count * size);
        if (size == sizeof(long))
        {
            ones.As<long>(count).Fill(1);
        }
        else if (size == sizeof(int))
        {
            ones.As<int>(count).Fill(1);
        }

        return ones;
    }
}
