using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commands;

/// <summary>One row of the command table. Changed only under the tracker's lock.</summary>
internal sealed class TrackedCommand(VehicleCommand command)
{
    private readonly TaskCompletionSource<CommandResult> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandResult Result { get; set; } = new(command, CommandState.Issued);

    public ITimer? Expiry { get; set; }

    public Task<CommandResult> Finished => _finished.Task;

    public void Finish()
    {
        Expiry?.Dispose();
        Expiry = null;
        _finished.TrySetResult(Result);
    }
}
