using Grpc.Core;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Dashboard;

/// <summary>Answers the dashboard.</summary>
internal sealed class ResourceServiceCalls(ResourceServiceSources sources) : Wire.DashboardService.DashboardServiceBase
{
    public override Task<Wire.ApplicationInformationResponse> GetApplicationInformation(
        Wire.ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ApplicationInformationResponse { ApplicationName = sources.ApplicationName });

    public override Task WatchResources(
        Wire.WatchResourcesRequest request, IServerStreamWriter<Wire.WatchResourcesUpdate> responseStream, ServerCallContext context) =>
        FollowAsync(context, async cancellationToken =>
        {
            var initial = sources.Notifications.Current();
            var sent = initial.ToDictionary(known => known.ResourceId, StringComparer.OrdinalIgnoreCase);
            var data = new Wire.InitialResourceData();
            data.Resources.AddRange(initial.Select(Render));
            await responseStream.WriteAsync(new Wire.WatchResourcesUpdate { InitialData = data }, cancellationToken);

            await foreach (var batch in sources.Notifications.WatchAsync(cancellationToken).InBatchesAsync(cancellationToken))
            {
                // Of several changes of a resource the last says all; what the stream repeats of the initial data says nothing.
                var changed = batch.GroupBy(known => known.ResourceId, StringComparer.OrdinalIgnoreCase).Select(changes => changes.Last())
                    .Where(known => !ReferenceEquals(known, sent.GetValueOrDefault(known.ResourceId))).ToList();
                if (changed.Count == 0)
                {
                    continue;
                }

                var changes = new Wire.WatchResourcesChanges();
                changes.Value.AddRange(changed.Select(known => new Wire.WatchResourcesChange { Upsert = Render(known) }));
                await responseStream.WriteAsync(new Wire.WatchResourcesUpdate { Changes = changes }, cancellationToken);
                foreach (var known in changed)
                {
                    sent[known.ResourceId] = known;
                }
            }
        });

    public override Task WatchResourceConsoleLogs(
        Wire.WatchResourceConsoleLogsRequest request, IServerStreamWriter<Wire.WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context) =>
        FollowAsync(context, async cancellationToken =>
        {
            var log = request.SuppressFollow ? sources.Loggers.GetAllAsync(request.ResourceName) : sources.Loggers.WatchAsync(request.ResourceName);
            await foreach (var lines in log.WithCancellation(cancellationToken))
            {
                foreach (var some in lines.Chunk(1000))
                {
                    var update = new Wire.WatchResourceConsoleLogsUpdate();
                    update.LogLines.AddRange(some.Select(
                        line => new Wire.ConsoleLogLine { Text = line.Content, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber }));
                    await responseStream.WriteAsync(update, cancellationToken);
                }
            }
        });

    public override async Task<Wire.ResourceCommandResponse> ExecuteResourceCommand(Wire.ResourceCommandRequest request, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, sources.Stopping);
        var result = await sources.Commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, ending.Token);
        var response = new Wire.ResourceCommandResponse { Kind = KindOf(result) };
        if (result.Message is not null)
        {
            response.Message = result.Message;
        }

        if (result.ErrorMessage is not null)
        {
            response.ErrorMessage = result.ErrorMessage;
            response.Message = result.Message ?? result.ErrorMessage;
        }

        return response;
    }

    public override Task WatchInteractions(
        IAsyncStreamReader<Wire.WatchInteractionsRequestUpdate> requestStream,
        IServerStreamWriter<Wire.WatchInteractionsResponseUpdate> responseStream,
        ServerCallContext context) =>
        FollowAsync(context, cancellationToken => new InteractionStream(sources.Prompts, responseStream).RunAsync(requestStream, cancellationToken));

    private Wire.Resource Render(ResourceEvent known) => ResourceRenderer.Render(known, sources.Since);

    // A stream ends without an error when the dashboard leaves and when the host stops.
    private async Task FollowAsync(ServerCallContext context, Func<CancellationToken, Task> follow)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, sources.Stopping);
        try
        {
            await follow(ending.Token);
        }
        catch (Exception ended) when (ending.IsCancellationRequested && ended is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The writer of a stream that the dashboard left throws InvalidOperationException.
        }
    }

    private static Wire.ResourceCommandResponseKind KindOf(ExecuteCommandResult result) => result switch
    {
        { Canceled: true } => Wire.ResourceCommandResponseKind.Cancelled,
        { Success: true } => Wire.ResourceCommandResponseKind.Succeeded,
        _ => Wire.ResourceCommandResponseKind.Failed,
    };
}
