using Platform.Hosting.Problems;

namespace Platform.Hosting.Dcp;

/// <summary>One running DCP, from its start to the moment at which its folder has disappeared.</summary>
internal sealed class DcpSession : IAsyncDisposable
{
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StopPoll = TimeSpan.FromMilliseconds(15);

    private readonly DcpSessionSettings _settings;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Problem> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _stopped;
    private readonly Task<DcpClient> _ready;
    private DcpClient? _client;
    private Task _background = Task.CompletedTask;

    private DcpSession(DcpSessionSettings settings)
    {
        _settings = settings;
        _stopped = new(EndAsync);
        var host = ProcessIdentity.Current();
        Folder = SessionFolder.Create(settings.TempDirectory, host);
        _ready = StartAsync(host);
    }

    /// <summary>DCP's own folder; nothing of value belongs into it, as DCP deletes it.</summary>
    public string Folder { get; }

    /// <summary>Completes if DCP ends although nobody asked it to, within a second; never where it is stopped, or did not start.</summary>
    public Task<Problem> Died => _died.Task;

    /// <summary>Starts DCP and returns at once, so that the caller can do other work meanwhile.</summary>
    public static DcpSession Launch(DcpSessionSettings settings) => new(settings);

    /// <summary>DCP's API, as soon as it answers. The session disposes of the client.</summary>
    /// <exception cref="DistributedApplicationException">DCP cannot be started, or does not answer.</exception>
    public Task<DcpClient> ReadyAsync(CancellationToken cancellationToken) => _ready.WaitAsync(cancellationToken);

    /// <summary>
    /// Has DCP stop everything it started and itself. Returns when its folder has gone; repeated calls wait for the same end.
    /// Cancelling gives up the waiting only.
    /// </summary>
    /// <exception cref="DistributedApplicationException">DCP was not done at the deadline; it goes on by itself.</exception>
    public Task StopAsync(CancellationToken cancellationToken) => _stopped.Value.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None);
        }
        catch (DistributedApplicationException)
        {
            // Only StopAsync reports; DCP cleans up without us.
        }

        _client?.Dispose();
        _stopping.Dispose();
    }

    private async Task<DcpClient> StartAsync(ProcessIdentity host)
    {
        // On to another thread: the caller has work of its own, and all of this is cold code.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var started = _settings.Time.GetTimestamp();
        await WriteCertificateAsync();
        using var launcher = DcpLauncher.Start(_settings, Folder, host);
        try
        {
            var config = await KubeconfigAsync(launcher, started);
            _client = new DcpClient(DcpConnection.Open(config), _settings.Time);
            await FirstAnswerAsync(_client, launcher, started);
        }
        catch (OperationCanceledException)
        {
            _ = await launcher.EndAsync();
            throw;
        }

        _background = Task.WhenAll(
            WatchOverAsync(_client),
            SessionFolder.SweepAsync(_settings.TempDirectory, _settings.Time.GetUtcNow(), _stopping.Token));
        return _client;
    }

    private async Task WriteCertificateAsync()
    {
        var certificate = DcpCertificate.Create(_settings.Time.GetUtcNow());
        await File.WriteAllTextAsync(DcpLauncher.CertificateFile(Folder), certificate.Certificate, _stopping.Token);
        await File.WriteAllTextAsync(DcpLauncher.KeyFile(Folder), certificate.Key, _stopping.Token);
    }

    private async Task<Kubeconfig> KubeconfigAsync(DcpLauncher launcher, long started)
    {
        var file = DcpLauncher.KubeconfigFile(Folder);
        while (true)
        {
            if (File.Exists(file) && Kubeconfig.Parse(await File.ReadAllTextAsync(file, _stopping.Token)) is { } config)
            {
                return config;
            }

            if (launcher.HasFailed)
            {
                throw new DistributedApplicationException(DcpProblems.NotStarted(_settings.DcpPath, await launcher.EndAsync()));
            }

            await PauseAsync(launcher, started, inner: null);
        }
    }

    // The API takes some tens of milliseconds more than the file.
    private async Task FirstAnswerAsync(DcpClient client, DcpLauncher launcher, long started)
    {
        while (true)
        {
            try
            {
                await client.ExecutionAsync(_stopping.Token);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or DcpApiException { IsTransient: true })
            {
                await PauseAsync(launcher, started, error);
            }
        }
    }

    private async Task PauseAsync(DcpLauncher launcher, long started, Exception? inner)
    {
        if (_settings.Time.GetElapsedTime(started) > _settings.ReadyDeadline)
        {
            throw new DistributedApplicationException(DcpProblems.NoAnswer(_settings.ReadyDeadline, await launcher.EndAsync()), inner);
        }

        await Task.Delay(StartPoll, _settings.Time, _stopping.Token);
    }

    private async Task WatchOverAsync(DcpClient client)
    {
        if (await new DcpHeartbeat(client, _settings.Time).UntilDeadAsync(_stopping.Token))
        {
            _died.TrySetResult(DcpProblems.Died());
        }
    }

    private async Task EndAsync()
    {
        // A failure was told to whoever awaited ReadyAsync.
        // One that does not get ready in this time is given up; it ends with its host.
        await ((Task)_ready).WaitAsync(_settings.StopDeadline / 2, _settings.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
        await ((Task)_ready).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var started = _settings.Time.GetTimestamp();
        if (!_ready.IsCompletedSuccessfully || _died.Task.IsCompleted || !await TryStopServerAsync(await _ready))
        {
            SessionFolder.Remove(Folder);
            return;
        }

        while (Directory.Exists(Folder))
        {
            if (_settings.Time.GetElapsedTime(started) > _settings.StopDeadline)
            {
                throw new DistributedApplicationException(DcpProblems.DidNotStop(_settings.StopDeadline));
            }

            await Task.Delay(StopPoll, _settings.Time, CancellationToken.None);
        }
    }

    private async Task<bool> TryStopServerAsync(DcpClient client)
    {
        using var deadline = new CancellationTokenSource(_settings.StopDeadline, _settings.Time);
        try
        {
            var cleanup = await new DcpTeardown(client, _settings.StopDeadline / 2).RunAsync(deadline.Token);
            await client.StopServerAsync(cleanup, deadline.Token);
            return true;
        }
        catch (HttpRequestException)
        {
            // It is not there any more, or went so fast that it did not answer.
            return false;
        }
        catch (OperationCanceledException)
        {
            // Told by the folder, which stays.
            return true;
        }
    }
}
